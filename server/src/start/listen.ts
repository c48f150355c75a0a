import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../platform/config.ts';
import { createDrain } from './drain.ts';
import { StartError } from './errors.ts';

/** How long a client may take to send its headers, and a whole request, in milliseconds. */
const HEADERS_WITHIN_MS = 15_000;
const REQUEST_WITHIN_MS = 60_000;
/** Longer than load balancers keep idle connections, so that they and not we close them. */
const KEEP_ALIVE_MS = 65_000;

/** A server that takes requests. */
export interface Listening {
  port: number;
  /** Ends it, as {@link createDrain} says. */
  drain(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Listens on the address of the settings.
 * @returns the port, which was chosen now where the settings say 0, and what ends it
 * @throws StartError for a port in use, one that needs root, or an address this machine does not have
 */
export async function listen(config: Config, listener: Listener): Promise<Listening> {
  const server = createServer(
    { headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    listener,
  );
  const drain = createDrain(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(words(config, error))));
    server.listen(config.port, config.host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, drain };
}

function words({ host, port }: Config, error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use by another program: end it, or choose another with PORT=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} may not be used by this account: choose one above 1023 with PORT, and put a proxy before it.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set HOST to 127.0.0.1, or to 0.0.0.0 for every network.`;
    default:
      return `The server cannot listen on ${host}:${port}: ${error.message}.`;
  }
}
