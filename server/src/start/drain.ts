import type { Server, ServerResponse } from 'node:http';

/** How long requests under way may take to end once the server stops. */
const PATIENCE_MS = 10_000;

/**
 * Makes what ends a server's connections: it takes no new ones, lets the requests under way be answered, each
 * the last on its connection, and closes what is left after ten seconds. Calling it again waits for the same.
 * To be made before the first request.
 */
export function createDrain(server: Server): () => Promise<void> {
  const open = new Set<ServerResponse>();
  let drained: Promise<void> | undefined;

  server.prependListener('request', (_request, response: ServerResponse) => {
    open.add(response);
    if (drained) response.shouldKeepAlive = false;
    response.once('close', () => {
      open.delete(response);
      if (drained) server.closeIdleConnections();
    });
  });

  const begin = (): Promise<void> =>
    new Promise((resolve) => {
      const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      server.close(() => {
        clearTimeout(impatient);
        resolve();
      });
      for (const response of open) response.shouldKeepAlive = false;
      server.closeIdleConnections();
    });

  return () => {
    drained ??= begin();
    return drained;
  };
}
