import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A PostgreSQL behind a door that writes down what is asked of it. */
export interface RecordedPostgres {
  /** The address to give to a server. */
  url: string;
  /** The statements that were run while the work went on, in their order per connection. */
  during(work: () => Promise<unknown>): Promise<string[]>;
  /**
   * Does the work, and holds back the statement of this number that counts (the first is 1) until something else
   * is done. Returns whether there were that many statements.
   */
  interrupt(
    at: { number: number; counts: (statement: string) => boolean },
    work: () => Promise<unknown>,
    meanwhile: () => Promise<unknown>,
  ): Promise<boolean>;
  stop(): Promise<void>;
}

/** The length of a message's own length, and of the startup message, which has no type (PostgreSQL, 54.7). */
const LENGTH_BYTES = 4;

/** Reads what a client sends: the text of each simple query (`Q`) and of each statement it parses (`P`). */
function reader(note: (statement: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + LENGTH_BYTES) return;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return;
      const type = started ? String.fromCharCode(rest[0] ?? 0) : '';
      const parts = rest
        .subarray(head + LENGTH_BYTES, end)
        .toString('utf8')
        .split('\0');
      if (type === 'Q') note(parts[0] ?? '');
      if (type === 'P') note(parts[1] ?? '');
      started = true;
      rest = rest.subarray(end);
    }
  };
}

/** Opens a door on a free port that leads to this PostgreSQL. */
export async function recordPostgres(url: string): Promise<RecordedPostgres> {
  const target = new URL(url);
  const socket = target.searchParams.get('host');
  const port = Number(target.port || 5432);
  const sockets = new Set<Socket>();
  let noted: string[] = [];
  /** Says of a statement whether it has to wait, and for what. */
  let hold: (statement: string) => Promise<unknown> | undefined = () => undefined;
  const server = createServer((client) => {
    const database = socket
      ? connect(`${socket}/.s.PGSQL.${port}`)
      : connect(port, target.hostname.replace(/^\[(.*)\]$/, '$1'));
    let wait: Promise<unknown> | undefined;
    const read = reader((statement) => {
      noted.push(statement);
      wait ??= hold(statement);
    });
    client.on('data', (chunk) => {
      read(chunk);
      if (!wait) return void database.write(chunk);
      client.pause();
      const goOn = () => {
        database.write(chunk);
        client.resume();
      };
      // Where it failed, `interrupt` says so.
      wait.then(goOn, goOn);
      wait = undefined;
    });
    client.on('end', () => database.end());
    database.pipe(client);
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door = new URL(url);
  door.searchParams.delete('host');
  door.searchParams.delete('port');
  door.hostname = '127.0.0.1';
  door.port = String((server.address() as AddressInfo).port);

  return {
    url: door.href,
    async during(work) {
      noted = [];
      await work();
      return noted;
    },
    async interrupt({ number, counts }, work, meanwhile) {
      let left = number;
      let interruption: Promise<unknown> | undefined;
      hold = (statement) => {
        if (interruption || !counts(statement) || --left > 0) return undefined;
        interruption = meanwhile();
        return interruption;
      };
      try {
        await work();
        await interruption;
      } finally {
        hold = () => undefined;
      }
      return interruption !== undefined;
    },
    stop() {
      for (const open of sockets) open.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
