import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import type { Secrets } from '../platform/secrets.ts';
import { addDelivery } from './job.ts';
import type { NewMessage } from './model.ts';
import { ATTEMPTS } from './schedule.ts';
import { secretPurpose } from './secret.ts';
import { messageStore } from './store.ts';

/** How long a secret may wait in a message, unless it is of no use before: 24 hours. */
const SECRET_LIFETIME_MS = 24 * 60 * 60_000;

/**
 * Writes a message and the job that delivers it, in the caller's transaction: it is sent if and only if that
 * is committed. The secret is sealed in the row; the job knows ids only.
 *
 * @returns the message's id
 */
export async function enqueueMessage(
  tx: ProjectDb,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
  message: NewMessage,
): Promise<string> {
  const id = newID(clock);
  const now = clock.now();
  const { secret, secretExpiresAt = new Date(now.getTime() + SECRET_LIFETIME_MS) } = message;
  const sealed = secret === undefined ? null : secrets.seal(secretPurpose(tx.projectID, id), secret);
  await tx.transaction(async (inside) => {
    await messageStore(inside).insert({
      id,
      userID: message.userID,
      type: message.type,
      recipient: message.recipient,
      locale: message.locale,
      payload: { ...message.payload },
      secretSealed: sealed,
      secretExpiresAt: sealed === null ? null : secretExpiresAt,
      passwordVersion: message.passwordVersion ?? null,
      state: 'queued',
      attemptsAllowed: ATTEMPTS,
      createdAt: now,
    });
    await addDelivery(inside, id);
  });
  return id;
}
