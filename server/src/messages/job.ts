import type { ProjectDb } from '../platform/database/index.ts';
import { addJob } from '../platform/jobs/index.ts';

/** The name of the job that delivers a message. */
export const DELIVER = 'deliver_message';

/**
 * Adds the job that delivers a message, in the transaction of `tx`. A message has one job at the most: a job
 * that has not begun takes on the new time.
 *
 * @param runAt at once unless told
 */
export const addDelivery = (tx: ProjectDb, messageID: string, runAt?: Date): Promise<void> =>
  addJob(
    tx,
    DELIVER,
    { projectID: tx.projectID, messageID },
    { runAt, jobKey: `${DELIVER}:${tx.projectID}:${messageID}` },
  );
