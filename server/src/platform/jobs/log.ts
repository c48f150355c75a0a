import type { Logger } from 'graphile-worker';
import type { Log } from '../log.ts';
import { loadLibrary } from './load-library.ts';

/** What the library calls news is detail to us: a line for each job would drown the rest. */
const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/**
 * A logger for the library that writes to the server's log; without one it says nothing. Of what the library
 * hands over it takes the sentence and the names, never the job with its payload.
 */
export async function createLibraryLog(log?: Log): Promise<Logger> {
  const { Logger } = await loadLibrary();
  return new Logger((scope) => (level, message) => {
    const { workerId: worker, taskIdentifier: task, jobId: job } = scope as Record<string, unknown>;
    log?.[LEVELS[level]]({ worker, task, job }, message);
  });
}
