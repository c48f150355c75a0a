import type { ProjectDb } from '../platform/database/index.ts';
import { addJob } from '../platform/jobs/index.ts';

/** The name of the job that looks an address up and sends what is to be sent. */
export const SEND = 'send_code';

/** Adds the job of an attempt, in the transaction of `tx`: one at the most that has not begun. */
export const addSending = (tx: ProjectDb, attemptID: string): Promise<void> =>
  addJob(
    tx,
    SEND,
    { projectID: tx.projectID, attemptID },
    { jobKey: `${SEND}:${tx.projectID}:${attemptID}` },
  );
