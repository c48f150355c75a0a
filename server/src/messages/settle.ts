import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectDb } from '../platform/database/index.ts';
import type { MessageTaskDeps } from './deps.ts';
import { addDelivery } from './job.ts';
import { recordDelivery } from './record.ts';
import { pauseAfter } from './schedule.ts';
import { messageStore, type Outcome, type StoredMessage } from './store.ts';

/** What came of an attempt, and what is to be written along with it. */
export interface Verdict extends Outcome {
  also?: (tx: ProjectDb) => Promise<void>;
}

/** Between two tries to write an outcome: longer in all than a database takes to restart. */
const PAUSES_MS = [100, 500, 2_000, 5_000, 10_000];

/**
 * Writes what came of an attempt, with all that follows from it, in one transaction. Where the database is away
 * it is tried again: a mail that has gone out must not go out again for want of a note.
 */
export async function settle(
  db: ProjectDb,
  deps: Pick<MessageTaskDeps, 'clock' | 'log'>,
  message: StoredMessage,
  verdict: Verdict,
): Promise<void> {
  for (const ms of PAUSES_MS) {
    try {
      return await write(db, deps, message, verdict);
    } catch (error) {
      const reason = (error as Error).message;
      deps.log.warn({ message: message.id, reason }, 'what came of a message could not be written yet');
      await pause(ms);
    }
  }
  return write(db, deps, message, verdict);
}

async function write(
  db: ProjectDb,
  { clock, log }: Pick<MessageTaskDeps, 'clock' | 'log'>,
  message: StoredMessage,
  verdict: Verdict,
): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    if (!(await messageStore(tx).finish(message.id, message.attempts, verdict, now))) {
      log.warn({ message: message.id }, 'another attempt at this message began before this one ended');
      return;
    }
    await verdict.also?.(tx);
    const wait = verdict.state === 'queued' ? pauseAfter(message) : undefined;
    if (wait !== undefined) await addDelivery(tx, message.id, new Date(now.getTime() + wait));
    if (verdict.state === 'sent') await recordDelivery(tx, clock, message, 'EMAIL_SENT', null);
    if (verdict.state === 'failed') await recordDelivery(tx, clock, message, 'EMAIL_ERROR', verdict.reason);
  });
}
