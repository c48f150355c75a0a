import type { ServerAddress } from './server-address.ts';

/** How long a server is waited for. */
export interface Patience {
  /** Until it is connected, and under TLS where that comes first. */
  connectMs: number;
  /** Until it has greeted. */
  greetMs: number;
  /** Between one answer and the next. */
  silenceMs: number;
}

const USUAL: Patience = { connectMs: 10_000, greetMs: 10_000, silenceMs: 30_000 };

/** What the library throws. */
export interface TransportError extends Error {
  code?: string;
  /** The code that the system or TLS gave, where `code` is the library's own. */
  originalCode?: string;
  /** What the server said, as it came. */
  response?: string;
  /** Its first digits. */
  responseCode?: number;
}

export type Transport = Awaited<ReturnType<typeof openTransport>>;

/** Makes what speaks SMTP with a server; nothing is connected yet. The library is loaded at first use. */
export async function openTransport(server: ServerAddress, patience: Patience = USUAL) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    ...server,
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.greetMs,
    dnsTimeout: patience.connectMs,
    socketTimeout: patience.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The server's reply, where it gave one that SMTP has (RFC 5321, section 4.2): what else may listen there says nothing. */
export const replyOf = ({ response }: TransportError): string | undefined =>
  response !== undefined && /^[2-5]\d\d(?:[ -]|$)/.test(response) ? response : undefined;

/** What went wrong: in the server's own words where it said any, else in those of the library. */
export const wordsOf = (error: TransportError): string =>
  replyOf(error) ?? (error.response ? 'what answers there does not speak SMTP' : error.message);
