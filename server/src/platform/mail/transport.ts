import type { ServerAddress } from './server-address.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** What the library throws. */
export interface TransportError extends Error {
  code?: string;
  /** The server's reply as it came. */
  response?: string;
  /** Its first three digits. */
  responseCode?: number;
}

/** Makes what speaks SMTP with a server; nothing is connected yet. The library is loaded at first use. */
export async function openTransport(server: ServerAddress) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    ...server,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
