import type { Selectable } from 'kysely';
import type { DB, JsonObject, ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import type { MessageState, MessageType } from './model.ts';

/** A message as it is stored. */
export interface StoredMessage {
  id: string;
  userID: string | null;
  type: MessageType;
  recipient: string;
  locale: string | null;
  payload: JsonObject;
  secretSealed: string | null;
  /** Absent where the message never carried a secret. */
  secretExpiresAt: Date | null;
  passwordVersion: number | null;
  state: MessageState;
  reason: string | null;
  attempts: number;
  /** Attempts are bounded by this; a retry raises it. */
  attemptsAllowed: number;
  createdAt: Date;
  updatedAt: Date;
  sentAt: Date | null;
}

type Row = Selectable<DB['messages']>;

const fromRow = (row: Row): StoredMessage => ({
  id: row.id,
  userID: row.user_id,
  type: row.type as MessageType,
  recipient: row.recipient,
  locale: row.locale,
  payload: row.payload as JsonObject,
  secretSealed: row.secret_sealed,
  secretExpiresAt: row.secret_expires_at,
  passwordVersion: row.password_version,
  state: row.state as MessageState,
  reason: row.reason,
  attempts: row.attempts,
  attemptsAllowed: row.attempts_allowed,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  sentAt: row.sent_at,
});

/** What came of an attempt. */
export interface Outcome {
  state: MessageState;
  reason: string | null;
  /** Whether the secret has no use any more; it is kept unless told. */
  erase?: boolean;
}

/** How many messages of a user are listed at the most. */
const LISTED = 100;
/** A message that a job has been sending for this long has lost its job. */
const LOST_AFTER_MS = 10 * 60_000;
/** A queued message that nothing has touched for this long (longer than any backoff) has lost its job. */
const FORGOTTEN_AFTER_MS = 2 * 60 * 60_000;

/** The messages of one project. */
export const messageStore = (db: ProjectDb) => {
  const update = (id: string) =>
    db.kysely.updateTable('messages').where('project_id', '=', db.projectID).where('id', '=', id);

  return {
    async insert(
      message: Omit<StoredMessage, 'reason' | 'attempts' | 'updatedAt' | 'sentAt'>,
    ): Promise<void> {
      await db.kysely
        .insertInto('messages')
        .values({
          project_id: db.projectID,
          id: message.id,
          user_id: message.userID,
          type: message.type,
          channel: 'email',
          recipient: message.recipient,
          locale: message.locale,
          payload: JSON.stringify(message.payload),
          secret_sealed: message.secretSealed,
          secret_expires_at: message.secretExpiresAt,
          password_version: message.passwordVersion,
          state: message.state,
          attempts_allowed: message.attemptsAllowed,
          created_at: message.createdAt,
          updated_at: message.createdAt,
        })
        .execute();
    },

    async find(id: string): Promise<StoredMessage | undefined> {
      if (!isUUID(id)) return undefined;
      const row = await db.kysely
        .selectFrom('messages')
        .selectAll()
        .where('project_id', '=', db.projectID)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** The messages to a user, the newest first. */
    async listOf(userID: string): Promise<StoredMessage[]> {
      if (!isUUID(userID)) return [];
      const rows = await db.kysely
        .selectFrom('messages')
        .selectAll()
        .where('project_id', '=', db.projectID)
        .where('user_id', '=', userID)
        .orderBy('id', 'desc')
        .limit(LISTED)
        .execute();
      return rows.map(fromRow);
    },

    /**
     * Takes a message for sending and counts the attempt, in one statement: of two jobs one gets it. The job
     * that was sending it gets it again, for it is only run anew when its worker died.
     */
    async claim(id: string, jobID: string, now: Date): Promise<StoredMessage | undefined> {
      const row = await update(id)
        .where((eb) =>
          eb.or([
            eb('state', 'in', ['queued', 'waiting']),
            eb.and([
              eb('state', '=', 'sending'),
              eb.or([eb('job_id', '=', jobID), eb('updated_at', '<', before(now, LOST_AFTER_MS))]),
            ]),
          ]),
        )
        .set((eb) => ({ state: 'sending', attempts: eb('attempts', '+', 1), job_id: jobID, updated_at: now }))
        .returningAll()
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /**
     * Records what came of the attempt of that number; false where another attempt has begun since. Finding
     * that there is no mail server does not count as an attempt.
     */
    async finish(id: string, attempt: number, outcome: Outcome, now: Date): Promise<boolean> {
      const { state, reason, erase = false } = outcome;
      const { numUpdatedRows } = await update(id)
        .where('state', '=', 'sending')
        .where('attempts', '=', attempt)
        .set({
          state,
          reason,
          job_id: null,
          updated_at: now,
          attempts: state === 'waiting' ? attempt - 1 : attempt,
          ...(state === 'sent' ? { sent_at: now } : {}),
          ...(erase ? { secret_sealed: null } : {}),
        })
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** Queues a message again that has not been sent; false where it is another state's by now. */
    async requeue(id: string, from: readonly MessageState[], allowed: number, now: Date): Promise<boolean> {
      const { numUpdatedRows } = await update(id)
        .where('state', 'in', [...from])
        .set({ state: 'queued', attempts_allowed: allowed, updated_at: now })
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /**
     * Erases the secrets of a user's messages, of all types unless told; what was unsent never will be, unless it is
     * on its way now.
     */
    async supersede(
      userID: string,
      reason: string,
      now: Date,
      types?: readonly MessageType[],
    ): Promise<void> {
      const messages = db.kysely
        .updateTable('messages')
        .where('project_id', '=', db.projectID)
        .where('user_id', '=', userID)
        .where('secret_sealed', 'is not', null)
        .set((eb) => ({
          secret_sealed: null,
          state: eb.case().when('state', '=', 'sending').then('sending').else('superseded').end(),
          reason: eb.case().when('state', '=', 'sending').then(eb.ref('reason')).else(reason).end(),
          updated_at: now,
        }));
      await (types ? messages.where('type', 'in', [...types]) : messages).execute();
    },

    /**
     * Erases secrets that ran out; returns the messages that can't be sent any more for want of them. Rows that
     * somebody is changing are left for the next time: this must never be what another transaction waits for.
     */
    async expireSecrets(reasonOf: (type: MessageType) => string, now: Date): Promise<StoredMessage[]> {
      const due = await db.kysely
        .selectFrom('messages')
        .select(['id', 'state', 'type'])
        .where('project_id', '=', db.projectID)
        .where('secret_sealed', 'is not', null)
        .where('secret_expires_at', '<=', now)
        .forUpdate()
        .skipLocked()
        .execute();
      const idsOf = (rows: typeof due) => rows.map(({ id }) => id);
      const unsent = due.filter(({ state }) => state === 'queued' || state === 'waiting');
      const erase = (ids: string[]) =>
        db.kysely
          .updateTable('messages')
          .where('project_id', '=', db.projectID)
          .where((eb) => eb('id', '=', eb.fn.any(eb.val(ids))))
          .set({ secret_sealed: null });
      await erase(idsOf(due)).execute();
      const failed: StoredMessage[] = [];
      for (const [reason, rows] of Map.groupBy(unsent, ({ type }) => reasonOf(type as MessageType))) {
        const fail = erase(idsOf(rows)).set({ state: 'failed', reason, updated_at: now });
        failed.push(...(await fail.returningAll().execute()).map(fromRow));
      }
      return failed;
    },

    /** Those that wait for a mail server, the oldest first. */
    async waiting(limit: number): Promise<StoredMessage[]> {
      const rows = await db.kysely
        .selectFrom('messages')
        .selectAll()
        .where('project_id', '=', db.projectID)
        .where('state', '=', 'waiting')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    /** Those that no job will ever finish: they stand where they stood for longer than any job takes. */
    async lost(limit: number, now: Date): Promise<StoredMessage[]> {
      const rows = await db.kysely
        .selectFrom('messages')
        .selectAll()
        .where('project_id', '=', db.projectID)
        .where((eb) =>
          eb.or([
            eb.and([eb('state', '=', 'sending'), eb('updated_at', '<', before(now, LOST_AFTER_MS))]),
            eb.and([eb('state', '=', 'queued'), eb('updated_at', '<', before(now, FORGOTTEN_AFTER_MS))]),
          ]),
        )
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
  };
};

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);
