import type pg from 'pg';
import { type Binaries, findBinaryPackage } from './binaries.ts';
import { ensureCluster, flushCluster } from './cluster.ts';
import { databaseURL } from './connection.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { parseServerName, serverLockHolder, serverName, tryServerLock } from './locks.ts';
import { findPlace, type Place } from './place.ts';
import { pause, stopPostmaster } from './postmaster.ts';
import { reach } from './reach.ts';
import type { Tuning } from './server-arguments.ts';

const MAX_RESTARTS = 5;
const RESTARTS_WITHIN_MS = 60_000;
const COMMAND_PATIENCE_MS = 15_000;

/** The few things the embedded database says to a log. */
export interface Notes {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What {@link startEmbeddedPostgres} needs. */
export interface EmbeddedOptions extends Tuning {
  /** The server's data folder; the database lives in its `postgres` folder. */
  dataDir: string;
  /** The port the server will listen on, told to whoever starts a second one on the same data. */
  port: number;
  log: Notes;
  /** Where root keeps a database whose data folder PostgreSQL's account cannot enter. */
  stateDir?: string;
}

/** What happened when PostgreSQL ended on its own. */
export type Crash = { restarted: true } | { restarted: false; error: Error };

/** A PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  /** `postgres://…`, for pg and for libpq's programs. */
  url: string;
  /** The folder the database really lives in. */
  home: string;
  /** Whether it was left running by a server that was killed. */
  adopted: boolean;
  /** Calls `listener` after PostgreSQL ended on its own and was started again, or could not be. */
  onCrash(listener: (crash: Crash) => void): void;
  /** Stops PostgreSQL and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with the server, on the data below `dataDir`, and keeps it running: when it
 * ends on its own it is started again, up to five times a minute.
 *
 * @throws EmbeddedPostgresError with a sentence that says what to do: another server holds the data, they are of
 * another PostgreSQL version, the account cannot reach them, or PostgreSQL does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = findPlace(options.dataDir, options.stateDir);
  const { fresh, binaries, copied } = await ensureCluster(place, findBinaryPackage());
  tellPlace(place, copied, options.log);
  const name = serverName({ pid: process.pid, port: options.port, since: secondsOf(new Date()) });
  const hold = () => holdServerLock(place, binaries, options, name);

  const first = await hold();
  if (!first.started) options.log.info('adopted the PostgreSQL that a killed server left running');
  const flushed = fresh && options.durable !== false ? flushCluster(place, binaries) : Promise.resolve();
  const listeners: ((crash: Crash) => void)[] = [];
  let client = first.client;
  let stopping = false;
  let restarts: number[] = [];

  const watch = () => client.once('end', () => void recover());
  const recover = async () => {
    if (stopping) return;
    try {
      restarts = [...restarts, performance.now()].filter((at) => at > performance.now() - RESTARTS_WITHIN_MS);
      if (restarts.length > MAX_RESTARTS) throw new EmbeddedPostgresError(keepsEnding(place));
      options.log.warn('PostgreSQL ended the connection; starting it again where it is gone');
      const again = await hold();
      client = again.client;
      if (stopping) return;
      watch();
      options.log.warn(
        again.started ? 'PostgreSQL was started again' : 'PostgreSQL accepts connections again',
      );
      for (const listener of listeners) listener({ restarted: true });
    } catch (error) {
      options.log.error((error as Error).message);
      for (const listener of listeners) listener({ restarted: false, error: error as Error });
    }
  };
  watch();

  return {
    url: databaseURL(place) as string,
    home: place.home,
    adopted: !first.started,
    onCrash: (listener) => void listeners.push(listener),
    async stop() {
      stopping = true;
      await flushed;
      await stopPostmaster(place);
      await client.end().catch(() => {});
    },
  };
}

/**
 * Reaches PostgreSQL and takes the server's lock. A command that holds it is about to stop PostgreSQL, so that is
 * waited for; a server that holds it is named and refused.
 */
async function holdServerLock(
  place: Place,
  binaries: Binaries,
  tuning: Tuning,
  name: string,
): Promise<{ client: pg.Client; started: boolean }> {
  const patientUntil = performance.now() + COMMAND_PATIENCE_MS;
  for (;;) {
    const reached = await reach(place, binaries, tuning, name);
    try {
      if (await tryServerLock(reached.client)) return reached;
      const holder = await serverLockHolder(reached.client);
      const server = holder === undefined ? undefined : parseServerName(holder);
      if (server || (holder && performance.now() > patientUntil))
        throw new EmbeddedPostgresError(held(place, server));
    } catch (error) {
      // A connection that broke means PostgreSQL was stopped by the command that held the lock.
      if (error instanceof EmbeddedPostgresError) {
        await reached.client.end().catch(() => {});
        throw error;
      }
    }
    await reached.client.end().catch(() => {});
    await pause(20);
  }
}

function held(place: Place, server: { pid: number; port: number; since: string } | undefined): string {
  if (!server) return `The database in ${place.home} is held by another program; end it, then start again.`;
  return (
    `A server already runs on the data in ${place.entry}: process ${server.pid}, port ${server.port}, since ` +
    `${server.since}. Stop it first (kill ${server.pid}), or give this one data of its own with LATCHKEY_DATA_DIR.`
  );
}

/** ISO 8601 to the second: pg_stat_activity keeps 63 bytes of a name. */
function secondsOf(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

function keepsEnding(place: Place): string {
  return (
    `PostgreSQL ended ${MAX_RESTARTS + 1} times within a minute and is not started again: see ${place.home}/log, ` +
    'then start the server again.'
  );
}

function tellPlace(place: Place, copied: boolean, log: Notes): void {
  const account = place.account?.name;
  if (place.elsewhere)
    log.info(`the database lives in ${place.home}, where the user ${account} can reach it`);
  if (copied) log.info(`PostgreSQL runs from a copy of its programs in ${place.home}`);
}
