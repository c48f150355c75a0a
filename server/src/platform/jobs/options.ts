import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Log } from '../log.ts';
import type { Tasks } from './model.ts';

/** What a job runner is made from. */
export interface JobRunnerOptions {
  /** Reaches PostgreSQL without a pooler, for jobs are announced by LISTEN and NOTIFY. */
  url: string;
  database: Pick<Database, 'kysely'>;
  clock: Clock;
  log: Log;
  tasks: Tasks;
  /** What to run when, a line each: `* * * * * task_name ?options` (UTC). */
  crontab?: string;
  /** Jobs at a time; 4 unless told. */
  concurrency?: number;
  /**
   * Whether no other process can be running jobs on this database, as with the embedded one: what the process
   * before left locked is then free at once, not after its silence.
   */
  alone?: boolean;
}
