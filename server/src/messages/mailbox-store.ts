import type { ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import type { MailboxMail } from './model.ts';

/** A mail as the mailbox keeps it: its body is sealed. */
export interface StoredMail extends MailboxMail {
  messageID: string;
  bodySealed: string;
}

const LISTED = 200;

/** The built-in mailbox of one project. */
export const mailboxStore = (db: ProjectDb) => ({
  async insert(mail: StoredMail): Promise<void> {
    await db.kysely
      .insertInto('mailbox')
      .values({
        project_id: db.projectID,
        id: mail.id,
        message_id: mail.messageID,
        recipient: mail.recipient,
        subject: mail.subject,
        body_sealed: mail.bodySealed,
        created_at: mail.createdAt,
        expires_at: mail.expiresAt,
      })
      .execute();
  },

  /** What has not expired, the newest first. */
  async list(now: Date): Promise<MailboxMail[]> {
    const rows = await db.kysely
      .selectFrom('mailbox')
      .select(['id', 'recipient', 'subject', 'created_at', 'expires_at'])
      .where('project_id', '=', db.projectID)
      .where('expires_at', '>', now)
      .orderBy('id', 'desc')
      .limit(LISTED)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      recipient: row.recipient,
      subject: row.subject,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  },

  async find(id: string, now: Date): Promise<StoredMail | undefined> {
    if (!isUUID(id)) return undefined;
    const row = await db.kysely
      .selectFrom('mailbox')
      .selectAll()
      .where('project_id', '=', db.projectID)
      .where('id', '=', id)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return (
      row && {
        id: row.id,
        messageID: row.message_id,
        recipient: row.recipient,
        subject: row.subject,
        bodySealed: row.body_sealed,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      }
    );
  },

  /** Removes what has expired. */
  async removeExpired(now: Date): Promise<void> {
    await db.kysely
      .deleteFrom('mailbox')
      .where('project_id', '=', db.projectID)
      .where('expires_at', '<=', now)
      .execute();
  },
});
