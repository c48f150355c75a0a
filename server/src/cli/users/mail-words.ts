import type { Capabilities } from '../../capabilities.ts';
import { mailRoute, messageStatus } from '../../messages/index.ts';
import type { Project } from '../../projects/index.ts';

const WHERE_TO = {
  server: '',
  mailbox: ' (no mail server is set: it goes to the built-in mailbox)',
  waiting: ' (no mail server is set: it waits until SMTP_URL names one)',
} as const;

/** What becomes of the mails that a command has queued; undefined where there are none. */
export async function mailWords(
  { clock, config, database, projects }: Capabilities,
  project: Project,
  messageIDs: readonly string[],
): Promise<string | undefined> {
  if (messageIDs.length === 0) return undefined;
  const db = database.forProject(project.id);
  const messages = await Promise.all(messageIDs.map((id) => messageStatus(db, clock, id)));
  const recipients = messages.flatMap((message) => (message ? [message.recipient] : []));
  return `queued for ${recipients.join(', ')}${WHERE_TO[mailRoute(config, await projects.settings(project))]}`;
}
