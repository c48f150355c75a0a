import { type Acting, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import type { Mail } from '../platform/mail/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import { mailNotFound } from './errors.ts';
import { mailboxStore } from './mailbox-store.ts';
import type { MailboxMail, OpenedMail } from './model.ts';
import { mailPurpose } from './secret.ts';

/** How long the mailbox keeps a mail: 24 hours. */
const MAIL_LIFETIME_MS = 24 * 60 * 60_000;

/** What of a mail is sealed in the mailbox. */
type Body = Pick<Mail, 'html' | 'text'>;

/** Puts the mail of a message into the built-in mailbox instead of sending it; its body is sealed. */
export async function keepMail(
  tx: ProjectDb,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
  message: { id: string },
  { to, subject, html, text }: Mail,
): Promise<void> {
  const id = newID(clock);
  const now = clock.now();
  const body: Body = { html, text };
  await mailboxStore(tx).insert({
    id,
    messageID: message.id,
    recipient: to,
    subject,
    bodySealed: secrets.seal(mailPurpose(tx.projectID, id), JSON.stringify(body)),
    createdAt: now,
    expiresAt: new Date(now.getTime() + MAIL_LIFETIME_MS),
  });
}

/** The mails in a project's built-in mailbox (200 at the most), the newest first, without what they say. */
export const listMailbox = (db: ProjectDb, clock: Clock): Promise<MailboxMail[]> =>
  mailboxStore(db).list(clock.now());

/**
 * Opens a mail of the built-in mailbox, and records that it was opened and by whom: it may hold a password.
 * Who may open mails at all is for the caller to check.
 *
 * @throws NotFound `MailNotFound`
 */
export async function openMail(
  db: ProjectDb,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
  id: string,
  acting: Acting,
): Promise<OpenedMail> {
  return db.transaction(async (tx) => {
    const mail = await mailboxStore(tx).find(id, clock.now());
    if (!mail) throw mailNotFound();
    const body = JSON.parse(
      secrets.open(mailPurpose(tx.projectID, id), mail.bodySealed).toString('utf8'),
    ) as Body;
    await recordAudit(tx, clock, {
      activityType: 'MAILBOX_OPENED',
      acting,
      data: { mail_id: id, recipient: mail.recipient, subject: mail.subject },
    });
    const { bodySealed, messageID, ...listed } = mail;
    return { ...listed, html: body.html, text: body.text };
  });
}
