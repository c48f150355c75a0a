import type pg from 'pg';
import type { Binaries } from './binaries.ts';
import { tryConnect } from './connection.ts';
import { EmbeddedPostgresError } from './errors.ts';
import type { Place } from './place.ts';
import { findRunning, pause, spawnPostmaster } from './postmaster.ts';
import type { Tuning } from './server-arguments.ts';

const POLL_MS = 10;
const START_ATTEMPTS = 3;

/** What PostgreSQL says while processes of a killed one go on working on its data. */
const LEFT_BEHIND = /pre-existing shared memory block/;
/** Such a process ends with the statement it is at, or not before somebody ends it. */
const LEFT_BEHIND_PATIENCE_MS = 60_000;
const LEFT_BEHIND_POLL_MS = 250;

/** A connection to the cluster, and whether PostgreSQL was started for it. */
export interface Reached {
  client: pg.Client;
  started: boolean;
}

/**
 * Connects to the cluster's PostgreSQL, starting it when none runs. Waits as long as a running one recovers from
 * a crash, and up to a minute for what a killed one has left running; of two that start one at once, both reach the one that won.
 *
 * @param name what the connection calls itself.
 * @throws EmbeddedPostgresError with PostgreSQL's last words when it does not start.
 */
export async function reach(
  place: Place,
  binaries: Binaries,
  tuning: Tuning,
  name: string,
): Promise<Reached> {
  let started = false;
  let ended: (() => string | undefined) | undefined;
  const patientUntil = performance.now() + LEFT_BEHIND_PATIENCE_MS;
  for (let attempts = 0; ; ) {
    if (await findRunning(place)) {
      const client = await tryConnect(place, name);
      if (client) return { client, started };
    } else if (!ended || ended() !== undefined) {
      if (LEFT_BEHIND.test(ended?.() ?? '') && performance.now() < patientUntil) {
        await pause(LEFT_BEHIND_POLL_MS);
      } else {
        if (attempts === START_ATTEMPTS) throw neverStarted(place, ended?.());
        attempts += 1;
      }
      started = true;
      ended = await spawnPostmaster(place, binaries, tuning);
    }
    await pause(POLL_MS);
  }
}

function neverStarted(place: Place, words: string | undefined): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL does not start on ${place.home}: ${words || 'it ended without a word'}. Its log is ` +
      `${place.home}/log; once the cause is gone, start again.`,
  );
}
