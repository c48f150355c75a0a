import { handOver, isOneAddress } from './hand-over.ts';
import type { Mail, MailOutcome } from './model.ts';
import { presentReason } from './reason.ts';
import { parseServerAddress } from './server-address.ts';
import { openTransport, type TransportError, wordsOf } from './transport.ts';

/** A server that drips its answers must not hold a worker for ever. */
const DEADLINE_MS = 60_000;

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
  if (!isOneAddress(mail.to)) {
    return { outcome: 'permanent', reason: 'the recipient is not one e-mail address' };
  }
  const server = parseServerAddress(serverURL);
  const transport = await openTransport(server);
  try {
    await handOver(transport, mail, DEADLINE_MS);
    return { outcome: 'sent' };
  } catch (error) {
    const hidden = [...secrets, ...(server.auth ? [server.auth.pass] : [])];
    return judge(error as TransportError, hidden);
  } finally {
    transport.close();
  }
}

function judge(error: TransportError, secrets: readonly string[]): MailOutcome {
  const { code, responseCode } = error;
  const isRefused = responseCode !== undefined && responseCode >= 500;
  // Without a reply these say that the mail itself can't be sent to any server.
  const isUnsendable = responseCode === undefined && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return {
    outcome: isRefused || isUnsendable ? 'permanent' : 'temporary',
    reason: presentReason(wordsOf(error), secrets),
  };
}
