import type { JsonObject } from '../database/index.ts';

/** The job that is being run. */
export interface RunningJob {
  /** Stays the same when the job is run again. */
  id: string;
}

/** What a job does. It is run again when it throws or its worker dies, so it must bear being run twice. */
export type Task = (payload: JsonObject, job: RunningJob) => Promise<void>;

/** Tasks by the names that jobs call them by. */
export type Tasks = Readonly<Record<string, Task>>;
