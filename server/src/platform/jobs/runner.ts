import { setTimeout as pause } from 'node:timers/promises';
import type { JobRunnerOptions } from './options.ts';
import { type JobSession, openSession } from './session.ts';

/** Runs jobs in this process. */
export interface JobRunner {
  /** Begins; rejects when the database can't be reached. */
  start(): Promise<void>;
  /** Takes no new job and waits for those that run. */
  stop(): Promise<void>;
}

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Makes the job runner. The library is loaded when it starts. It survives a restart of PostgreSQL: where the
 * library gives up, it is started again under a new id, until it is stopped.
 */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { log } = options;
  const stopping = new AbortController();
  let current: JobSession | undefined;
  let watching: Promise<void> = Promise.resolve();

  async function reopen(former: string): Promise<JobSession | undefined> {
    for (
      let wait = SHORTEST_PAUSE_MS;
      !stopping.signal.aborted;
      wait = Math.min(2 * wait, LONGEST_PAUSE_MS)
    ) {
      try {
        return await openSession({ ...options, alone: false }, former);
      } catch (error) {
        log.warn({ reason: (error as Error).message }, 'the job runner cannot start again yet');
      }
      await pause(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
    return undefined;
  }

  async function watch(first: JobSession): Promise<void> {
    for (let session: JobSession | undefined = first; session; session = await reopen(session.id)) {
      current = session;
      if (stopping.signal.aborted) await session.close();
      await session.ended;
      await session.close();
      if (stopping.signal.aborted) return;
      log.warn('the job runner ended and is started again');
    }
  }

  return {
    async start() {
      current = await openSession(options);
      watching = watch(current);
    },
    async stop() {
      stopping.abort();
      await current?.close();
      await watching;
    },
  };
}
