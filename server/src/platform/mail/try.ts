import { setTimeout as pause } from 'node:timers/promises';
import { handOver, isOneAddress } from './hand-over.ts';
import type { Mail } from './model.ts';
import { presentReason } from './reason.ts';
import { parseServerAddress } from './server-address.ts';
import { openTransport, type Patience, replyOf, type TransportError } from './transport.ts';

/** Somebody waits in front of a screen. */
const PATIENCE: Patience = { connectMs: 4_000, greetMs: 4_000, silenceMs: 10_000 };
const DEADLINE_MS = 20_000;

/**
 * What came of trying a mail server. `refused`: it answered, in these words. `untrusted`: TLS with it could not be
 * made, as with a certificate that nobody vouches for. `unreachable`: no mail server answers there.
 */
export type MailTrial =
  | { outcome: 'sent' }
  | { outcome: 'refused'; reply: string }
  | { outcome: 'untrusted' | 'unreachable' };

/**
 * Tries a mail server with a mail, in 20 seconds at the most.
 *
 * Who may name any host and port must not find out what else listens in the server's network: whatever is no mail
 * server, closed, filtered, silent, or speaks another protocol, is `unreachable` in the same words and after the same
 * time, and only what SMTP calls a reply is handed on.
 *
 * @param serverURL as `SMTP_URL`; its password never stands in a reply
 * @param patience shorter in tests
 */
export async function tryMail(
  serverURL: string,
  mail: Mail,
  patience: Patience = PATIENCE,
): Promise<MailTrial> {
  if (!isOneAddress(mail.to)) throw new Error('the recipient is not one e-mail address');
  const server = parseServerAddress(serverURL);
  const longest = pause(patience.connectMs + patience.greetMs, undefined, { ref: false });
  const transport = await openTransport(server, patience);
  try {
    await handOver(transport, mail, DEADLINE_MS);
    return { outcome: 'sent' };
  } catch (error) {
    const trial = judge(error as TransportError, server.auth ? [server.auth.pass] : []);
    if (trial.outcome === 'unreachable') await longest;
    return trial;
  } finally {
    transport.close();
  }
}

/** What TLS says of a certificate that it does not take. */
const CERTIFICATE = /CERT|ALTNAME|SELF_SIGNED|ISSUER/;

function judge(error: TransportError, secrets: readonly string[]): MailTrial {
  const reply = replyOf(error);
  if (reply !== undefined) return { outcome: 'refused', reply: presentReason(reply, secrets) };
  const isTLS = error.code === 'ETLS' || CERTIFICATE.test(error.originalCode ?? '');
  return { outcome: isTLS ? 'untrusted' : 'unreachable' };
}
