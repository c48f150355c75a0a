import { headerText } from './header-text.ts';
import type { Mail } from './model.ts';
import type { Transport } from './transport.ts';

/** An address that can't be anything but one address: it never is read as a list, a name or a route. */
const ONE_ADDRESS = /^[^\s\p{Cc}<>()[\]:;,\\"@]+@[^\s\p{Cc}<>(),;\\"@]+$/u;

/** Whether a text is one address and nothing else. */
export const isOneAddress = (text: string): boolean => ONE_ADDRESS.test(text);

/**
 * Hands a mail to one address over to a server.
 * @param deadlineMs after which it is given up
 * @throws TransportError
 */
export async function handOver(transport: Transport, mail: Mail, deadlineMs: number): Promise<void> {
  await transport.sendMail({
    from: { name: headerText(mail.from.name), address: mail.from.address },
    to: { name: '', address: mail.to },
    envelope: { from: mail.from.address, to: [mail.to] },
    subject: headerText(mail.subject),
    html: mail.html,
    text: mail.text,
    // Every character of a password arrives as it is: no flowed lines, no trimmed ends.
    textEncoding: 'quoted-printable',
    messageId: mail.messageID,
    headers: { 'Auto-Submitted': 'auto-generated' },
    signal: AbortSignal.timeout(deadlineMs),
  });
}
