import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Message } from './model.ts';
import { messageStore, type StoredMessage } from './store.ts';

/** Whether the message still has the secret it needs, if it needs one. */
export const hasItsSecret = (message: StoredMessage, now: Date): boolean =>
  message.secretExpiresAt === null || (message.secretSealed !== null && message.secretExpiresAt > now);

/** Failed, or between two attempts; and nothing it needs has been erased. */
export const isRetriable = (message: StoredMessage, now: Date): boolean =>
  (message.state === 'failed' || (message.state === 'queued' && message.attempts > 0)) &&
  hasItsSecret(message, now);

const present = (message: StoredMessage, now: Date): Message => ({
  id: message.id,
  userID: message.userID,
  type: message.type,
  channel: 'email',
  recipient: message.recipient,
  state: message.state,
  reason: message.reason,
  attempts: message.attempts,
  createdAt: message.createdAt,
  updatedAt: message.updatedAt,
  sentAt: message.sentAt,
  canRetry: isRetriable(message, now),
});

/** What became of a message; undefined where this project has none of that id. */
export async function messageStatus(db: ProjectDb, clock: Clock, id: string): Promise<Message | undefined> {
  const message = await messageStore(db).find(id);
  return message && present(message, clock.now());
}

/** The last messages to a user (100 at the most), the newest first. */
export async function listMessages(
  db: ProjectDb,
  clock: Clock,
  { userID }: { userID: string },
): Promise<Message[]> {
  const messages = await messageStore(db).listOf(userID);
  return messages.map((message) => present(message, clock.now()));
}
