import { isLoopback } from '../config.ts';

/** How to reach a mail server. */
export interface ServerAddress {
  host: string;
  port: number;
  /** Whether TLS comes first (RFC 8314), rather than by STARTTLS. */
  secure: boolean;
  /** Whether to hang up where the server offers no STARTTLS. */
  requireTLS: boolean;
  tls: { rejectUnauthorized: boolean };
  auth?: { user: string; pass: string };
}

const SUBMISSION = 587;
const SUBMISSIONS = 465;

/**
 * Reads `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465` (TLS). To another machine
 * nothing travels in clear when there is a password or the port is 587, and the certificate must be right. To this
 * machine, where nobody listens in, neither is asked. `?requireTLS=` and `?tls.rejectUnauthorized=`, `true` or
 * `false`, say otherwise. No other option is read from the address.
 */
export function parseServerAddress(text: string): ServerAddress {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? SUBMISSIONS : SUBMISSION) : Number(url.port);
  const isLocal = isLoopback(url.hostname);
  const asksFor = (option: string, byDefault: boolean): boolean => {
    const said = url.searchParams.get(option);
    return said === 'true' || (byDefault && said !== 'false');
  };
  const auth = url.username === '' ? undefined : { user: decoded(url.username), pass: decoded(url.password) };
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    secure,
    requireTLS: asksFor('requireTLS', !secure && !isLocal && (auth !== undefined || port === SUBMISSION)),
    tls: { rejectUnauthorized: asksFor('tls.rejectUnauthorized', !isLocal) },
    auth,
  };
}

/** What stands percent-encoded in an address; a stray percent sign stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
