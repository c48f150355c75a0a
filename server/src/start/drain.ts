import type { Server } from 'node:http';

/** How long requests under way may take to end once the server stops. */
const PATIENCE_MS = 10_000;

/** Takes no new connections, waits for the requests under way, and closes what is left after ten seconds. */
export function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
}
