import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import pg from 'pg';
import type { JsonObject } from '../database/index.ts';
import { randomToken } from '../ids.ts';
import { within } from '../within.ts';
import { createHeartbeat } from './heartbeat.ts';
import { loadLibrary } from './load-library.ts';
import { createLibraryLog } from './log.ts';
import { SCHEMA } from './migrate-jobs.ts';
import type { JobRunnerOptions } from './options.ts';
import { workersStore } from './workers-store.ts';

/** How often to look for jobs whose time has come; those to run at once are announced by PostgreSQL. */
const POLL_MS = 2_000;
/** For listening, and for what the library does beside the jobs. */
const SPARE_CONNECTIONS = 2;

/** What is left to do for the database once the last job is done; one that does not answer is not waited for. */
const GOOD_BYE_MS = 5_000;

/** One life of the library's worker pool: it ends when stopped, or by itself when the database fails it. */
export interface JobSession {
  /** The worker's id. */
  id: string;
  /** Settles when the pool has ended, or was given up when closed; never rejects. */
  ended: Promise<void>;
  /** Takes no new job, waits for those that run, and says good-bye. May be called again. */
  close(): Promise<void>;
}

/** Our own name for a worker: whose locks are whose can be seen in the database. */
const workerID = (): string => `${hostname()}:${process.pid}:${randomToken(6)}`;

function openPool({ url, log }: JobRunnerOptions, concurrency: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: concurrency + SPARE_CONNECTIONS,
    application_name: 'latchkey-jobs',
  });
  const note = ({ message }: Error) => {
    if (!pool.ending) log.warn({ reason: message }, 'a connection of the job runner ended');
  };
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}

/**
 * Starts a worker pool under an id of its own; throws when the database can't be reached.
 * @param former the id of a session of this process that is over, and may not have said good-bye
 */
export async function openSession(options: JobRunnerOptions, former?: string): Promise<JobSession> {
  const { database, clock, log, tasks, crontab = '', concurrency = 4, alone = false } = options;
  const { run, parseCrontab } = await loadLibrary();
  const id = workerID();
  const heartbeat = createHeartbeat({ database, clock, log, id, alone });
  const pool = openPool(options, concurrency);
  const running = new Set<Promise<void>>();
  const events = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = id;
  });

  const taskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (payload: unknown, { job }: { job: { id: string } }) => {
        const work = task(payload as JsonObject, { id: String(job.id) });
        running.add(work);
        await work.finally(() => running.delete(work));
      },
    ]),
  );

  try {
    if (former !== undefined) await workersStore(database.kysely).remove(former);
    await heartbeat.start();
    const runner = await run({
      pgPool: pool,
      schema: SCHEMA,
      taskList,
      parsedCronItems: parseCrontab(crontab),
      concurrency,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      logger: await createLibraryLog(log),
      events,
      // Without a batch the library drops the promise of marking a job as done: a lost connection would then be
      // an unhandled rejection, which ends the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    let isOver = false;
    const over = Promise.withResolvers<void>();
    const ended = runner.promise.then(
      () => {},
      (error: Error) => log.warn({ reason: error.message }, 'the job runner failed'),
    );
    void ended.then(() => {
      isOver = true;
      over.resolve();
    });
    const sayGoodBye = async () => {
      if (!isOver) await runner.stop().catch(() => {});
      await ended;
      await Promise.allSettled(running);
      await heartbeat.stop().catch(() => {});
      await pool.end();
    };
    const end = async () => {
      const done = sayGoodBye();
      do {
        await Promise.allSettled(running);
        if (await within(GOOD_BYE_MS, done)) return;
      } while (running.size > 0);
      log.warn('the database does not answer, so the job runner ends without a good-bye');
      over.resolve();
    };
    let closing: Promise<void> | undefined;
    return {
      id,
      ended: over.promise,
      close() {
        closing ??= end();
        return closing;
      },
    };
  } catch (error) {
    await heartbeat.stop().catch(() => {});
    await pool.end();
    throw error;
  }
}
