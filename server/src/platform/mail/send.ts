import { headerText } from './header-text.ts';
import type { Mail, MailOutcome } from './model.ts';
import { presentReason } from './reason.ts';
import { parseServerAddress } from './server-address.ts';
import { openTransport, type TransportError } from './transport.ts';

/** A server that drips its answers must not hold a worker for ever. */
const DEADLINE_MS = 60_000;

/** An address that can't be anything but one address: it never is read as a list, a name or a route. */
const ONE_ADDRESS = /^[^\s\p{Cc}<>()[\]:;,\\"@]+@[^\s\p{Cc}<>(),;\\"@]+$/u;

/**
 * Sends a mail over SMTP (RFC 5321) and says what came of it; it does not throw for what a server or the network
 * does. The library is loaded at first use.
 *
 * @param serverURL as `SMTP_URL`; its password never stands in a reason
 * @param secrets what else must not stand in a reason
 */
export async function sendMail(
  serverURL: string,
  mail: Mail,
  secrets: readonly string[],
): Promise<MailOutcome> {
  if (!ONE_ADDRESS.test(mail.to)) {
    return { outcome: 'permanent', reason: 'the recipient is not one e-mail address' };
  }
  const server = parseServerAddress(serverURL);
  const transport = await openTransport(server);
  try {
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
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return { outcome: 'sent' };
  } catch (error) {
    const hidden = [...secrets, ...(server.auth ? [server.auth.pass] : [])];
    return judge(error as TransportError, hidden);
  } finally {
    transport.close();
  }
}

function judge(error: TransportError, secrets: readonly string[]): MailOutcome {
  const { code, response, responseCode } = error;
  const isRefused = responseCode !== undefined && responseCode >= 500;
  // Without a reply these say that the mail itself can't be sent to any server.
  const isUnsendable = responseCode === undefined && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return {
    outcome: isRefused || isUnsendable ? 'permanent' : 'temporary',
    reason: presentReason(response || error.message, secrets),
  };
}
