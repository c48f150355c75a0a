import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { StoredMessage } from './store.ts';

/** Records that a message was sent, or that it failed for good. What it says is not recorded. */
export const recordDelivery = (
  tx: ProjectDb,
  clock: Clock,
  message: StoredMessage,
  activityType: 'EMAIL_SENT' | 'EMAIL_ERROR',
  reason: string | null,
): Promise<void> =>
  recordAudit(tx, clock, {
    activityType,
    userID: message.userID ?? undefined,
    acting: { actor: { type: 'system' }, origin: {} },
    data: {
      message_id: message.id,
      type: message.type,
      recipient: message.recipient,
      ...(reason === null ? {} : { reason }),
    },
  });
