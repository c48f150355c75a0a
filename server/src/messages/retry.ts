import { type Acting, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { messageNotFound, messageNotRetriable } from './errors.ts';
import { addDelivery } from './job.ts';
import { reasonOfErased } from './reasons.ts';
import { ATTEMPTS } from './schedule.ts';
import { hasItsSecret, isRetriable } from './status.ts';
import { messageStore, type StoredMessage } from './store.ts';

/** Why a message can't be sent again, and what to do instead. */
function refusal(message: StoredMessage, now: Date): string {
  if (message.state === 'sent') return 'the message has been sent';
  if (message.state === 'superseded') return `${message.reason}: this one is never sent`;
  if (!hasItsSecret(message, now)) return reasonOfErased(message.type);
  return 'the message is on its way: nothing is to be retried';
}

/**
 * Sends a message again that failed, or now instead of later one that is between two attempts.
 *
 * @throws NotFound `MessageNotFound`; Invalid `MessageNotRetriable`, saying what to do instead
 */
export async function retryMessage(
  db: ProjectDb,
  { clock }: { clock: Clock },
  id: string,
  acting: Acting,
): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const store = messageStore(tx);
    const message = await store.find(id);
    if (!message) throw messageNotFound();
    if (!isRetriable(message, now)) throw messageNotRetriable(refusal(message, now));
    if (!(await store.requeue(id, ['failed', 'queued'], message.attempts + ATTEMPTS, now))) {
      throw messageNotRetriable('the message is on its way: nothing is to be retried');
    }
    await addDelivery(tx, id);
    await recordAudit(tx, clock, {
      activityType: 'MESSAGE_RETRIED',
      userID: message.userID ?? undefined,
      acting,
      data: { message_id: id, type: message.type, recipient: message.recipient },
    });
  });
}
