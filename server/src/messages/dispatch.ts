import { type Mail, sendMail } from '../platform/mail/index.ts';
import type { Settings } from '../projects/index.ts';
import type { MessageTaskDeps } from './deps.ts';
import { keepMail } from './mailbox.ts';
import { REASONS } from './reasons.ts';
import { mailRoute, mailServer } from './route.ts';
import { pauseAfter } from './schedule.ts';
import type { Verdict } from './settle.ts';
import type { StoredMessage } from './store.ts';

const SENT: Verdict = { state: 'sent', reason: null, erase: true };

/**
 * Hands a mail to whatever takes mails at the moment: the mail server, the built-in mailbox, or nobody, and then
 * it waits. A failed message keeps its secret, so that *Retry* can work.
 */
export async function dispatchMail(
  { config, clock, secrets }: MessageTaskDeps,
  settings: Settings,
  message: StoredMessage,
  mail: Mail,
  password: string | undefined,
): Promise<Verdict> {
  const route = mailRoute(config, settings);
  if (route === 'waiting') return { state: 'waiting', reason: REASONS.noServer };
  if (route === 'mailbox') {
    return { ...SENT, also: (tx) => keepMail(tx, { clock, secrets }, message, mail) };
  }
  const server = mailServer(config, settings) ?? '';
  const result = await sendMail(server, mail, password === undefined ? [] : [password]);
  if (result.outcome === 'sent') return SENT;
  const isOver = result.outcome === 'permanent' || pauseAfter(message) === undefined;
  return { state: isOver ? 'failed' : 'queued', reason: result.reason };
}
