import { type Kysely, sql } from 'kysely';
import type { DB, JsonObject } from '../database/index.ts';

export interface JobOptions {
  /** At once unless told. */
  runAt?: Date;
  /** How often a job that throws is run in all; 25 unless told. */
  maxAttempts?: number;
  /** A job with the same key that has not begun is replaced. */
  jobKey?: string;
  /** Jobs of one queue run one after the other, so that slow ones hold up each other and nothing else. */
  queue?: string;
  /** Of jobs that are ready, those with the lowest run first; 0 unless told. */
  priority?: number;
}

/**
 * Adds a job through the given handle: in a transaction, it exists if and only if that is committed.
 *
 * @param task the name of the task to run
 * @param payload ids and the like; never a secret, for jobs are not sealed
 */
export async function addJob(
  db: { readonly kysely: Kysely<DB> },
  task: string,
  payload: JsonObject,
  options: JobOptions = {},
): Promise<void> {
  const { runAt = null, maxAttempts = null, jobKey = null, queue = null, priority = null } = options;
  await sql`
    select from graphile_worker.add_job(
      identifier => ${task}::text,
      payload => ${JSON.stringify(payload)}::json,
      queue_name => ${queue}::text,
      run_at => ${runAt}::timestamptz,
      max_attempts => ${maxAttempts}::int,
      job_key => ${jobKey}::text,
      priority => ${priority}::int
    )`.execute(db.kysely);
}
