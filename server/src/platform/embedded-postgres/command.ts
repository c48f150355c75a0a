import type pg from 'pg';
import { findBinaryPackage } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { databaseURL } from './connection.ts';
import { onlyCommand, releaseServerLock, shareCommandLock, tryServerLock } from './locks.ts';
import { findPlace, type Place } from './place.ts';
import { stopPostmaster } from './postmaster.ts';
import { type Reached, reach } from './reach.ts';

const NAME = 'latchkey command';

/** The embedded database as lent to a command. */
export interface BorrowedPostgres {
  /** `postgres://…`, for pg and for libpq's programs. */
  url: string;
  /** Ends the use, and stops PostgreSQL where no server and no other command uses it. */
  stop(): Promise<void>;
}

/**
 * Lends the embedded database to a command: the running one if there is one, otherwise it is started for as long
 * as it is needed. A server that starts meanwhile takes it over, and it then stays.
 *
 * @throws EmbeddedPostgresError as {@link startEmbeddedPostgres} does, except that a running server is welcome.
 */
export async function borrowEmbeddedPostgres(options: {
  dataDir: string;
  stateDir?: string;
}): Promise<BorrowedPostgres> {
  const place = findPlace(options.dataDir, options.stateDir);
  const { binaries } = await ensureCluster(place, findBinaryPackage());
  const { client } = await reachAndShare(() => reach(place, binaries, {}, NAME));
  return { url: databaseURL(place) as string, stop: () => giveBack(place, client) };
}

async function reachAndShare(again: () => Promise<Reached>): Promise<Reached> {
  for (;;) {
    const reached = await again();
    try {
      await shareCommandLock(reached.client);
      return reached;
    } catch {
      // Another command stopped PostgreSQL while this one waited for it.
      await reached.client.end().catch(() => {});
    }
  }
}

async function giveBack(place: Place, client: pg.Client): Promise<void> {
  try {
    if (!(await tryServerLock(client))) return;
    if (await onlyCommand(client)) await stopPostmaster(place);
    else await releaseServerLock(client);
  } finally {
    await client.end().catch(() => {});
  }
}
