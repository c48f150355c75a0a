export { addJob } from './add-job.ts';
export { migrateJobs } from './migrate-jobs.ts';
export type { RunningJob, Tasks } from './model.ts';
export type { JobRunnerOptions } from './options.ts';
export { createJobRunner, type JobRunner } from './runner.ts';
