import type { Mail } from '../platform/mail/index.ts';
import type { Project, Settings } from '../projects/index.ts';
import { type LetterSubject, writeLetter } from './letter.ts';
import { letterText } from './letter-text.ts';
import { mailDomain, senderOf } from './sender.ts';
import type { StoredMessage } from './store.ts';
import { mailWords } from './words.ts';

/**
 * Writes the mail of a message: in the user's language, with the project's name and color, and with links to
 * the project's origin. Made again, it has the same Message-ID.
 *
 * @param password what the message's secret holds
 */
export async function composeMail(
  project: Project,
  settings: Settings,
  message: Pick<StoredMessage, 'id' | 'type' | 'payload' | 'recipient' | 'locale' | 'createdAt'>,
  password: string | undefined,
): Promise<Mail> {
  const { locale, translate } = mailWords(message.locale);
  const letter = writeLetter(translate, locale, {
    type: message.type,
    payload: message.payload as LetterSubject['payload'],
    project,
    password,
    at: message.createdAt,
  });
  const { renderLetter } = await import('./templates/index.tsx');
  return {
    from: senderOf(project, settings.messages),
    to: message.recipient,
    subject: letter.subject,
    html: await renderLetter(letter, { locale, brandColor: settings.branding.primary_color }),
    text: letterText(letter),
    messageID: `<${message.id}@${mailDomain(project)}>`,
  };
}
