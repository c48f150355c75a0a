import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './server.ts';

/** Stands between a server and its database, and takes it away and gives it back. */
export interface Gate {
  /** The database's address by way of the gate. */
  url: string;
  /** Ends every connection and refuses new ones, as a database that is gone does. */
  shut(): Promise<void>;
  /** Lets nothing through either way, and ends nothing, as a broken network does. */
  freeze(): void;
  /** Lets through again. */
  open(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a gate before the PostgreSQL of the address. */
export async function startGate(databaseURL: string): Promise<Gate> {
  const target = new URL(databaseURL);
  const { hostname } = target;
  const folder = target.searchParams.get('host');
  const databasePort = Number(target.port || 5432);
  const port = await freePort();
  const sockets = new Set<Socket>();
  let isFrozen = false;

  const server = createServer((client) => {
    const database = folder ? connect(`${folder}/.s.PGSQL.${databasePort}`) : connect(databasePort, hostname);
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => !isFrozen && to.write(chunk));
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();

  target.searchParams.delete('host');
  target.hostname = '127.0.0.1';
  target.port = String(port);

  async function shut(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    url: target.href,
    shut,
    freeze() {
      isFrozen = true;
    },
    async open() {
      isFrozen = false;
      if (!server.listening) await listen();
    },
    stop: shut,
  };
}
