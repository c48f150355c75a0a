import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { createHasher } from '../server/src/passwords/index.ts';
import { startServer, type TestServer } from '../tests/support/server.ts';
import { median, type Row, row } from './row.ts';

const ROUNDS = 3;
const SECONDS = 6;
const CONNECTIONS = 16;
const EMAIL = 'bench@example.com';
const PASSWORD = 'correct horse battery staple';

/** A login that waits for its password, in a browser of its own. */
interface Waiting {
  path: string;
  cookie: string;
  csrf: string;
}

const cookiesOf = (response: Response): string[] =>
  response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');

/** Starts a login as the account page does, and reads its form. */
async function startLogin(origin: string): Promise<Waiting> {
  const cookies = new Map<string, string>();
  let url = `${origin}/settings`;
  for (;;) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies.values()].join('; ') },
    });
    for (const cookie of cookiesOf(response)) cookies.set(cookie.split('=')[0] ?? '', cookie);
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url).href;
      continue;
    }
    const csrf = /name="csrf" value="([^"]+)"/.exec(await response.text())?.[1];
    if (csrf === undefined) throw new Error(`no login form at ${url}`);
    return { path: new URL(url).pathname, cookie: [...cookies.values()].join('; '), csrf };
  }
}

/**
 * Posts the right password, again and again. The account must change it, so each login stops at the page that
 * asks for a new one, and the same login can be posted once more.
 */
async function postPasswords(server: TestServer, logins: readonly Waiting[]): Promise<number> {
  let next = 0;
  const result = await autocannon({
    url: server.origin,
    connections: CONNECTIONS,
    duration: SECONDS,
    setupClient(client) {
      const login = logins[next++ % logins.length] as Waiting;
      const body = new URLSearchParams({ csrf: login.csrf, login_id: EMAIL, password: PASSWORD });
      client.setRequest({
        method: 'POST',
        path: login.path,
        headers: { cookie: login.cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    },
  });
  if (result.non2xx !== result['3xx'] || result.errors > 0) {
    throw new Error(`a password was refused: ${JSON.stringify(result.statusCodeStats)}`);
  }
  return result['3xx'] / result.duration;
}

/** The 99th percentile of a page that costs no hash, in milliseconds. */
async function cheapPage(server: TestServer): Promise<number> {
  const url = `${server.origin}/settings/signed-out`;
  const result = await autocannon({ url, connections: 1, duration: SECONDS });
  if (result.non2xx > 0) throw new Error('the cheap page failed');
  return result.latency.p99;
}

const bareProcess = promisify(execFile);

async function bareRate(hash: string): Promise<number> {
  const script = join(import.meta.dirname, 'bare-argon2.ts');
  const { stdout } = await bareProcess(process.execPath, [script, hash, PASSWORD, String(SECONDS)]);
  return Number(stdout);
}

/** Password POSTs per second beside the bare rate of the same hash, and how a cheap page fares meanwhile. */
export async function run(): Promise<Row[]> {
  const server = await startServer();
  try {
    await server.json(['users', 'create', '--email', EMAIL, '--password-stdin', '--expire'], PASSWORD);
    const logins = await Promise.all(Array.from({ length: CONNECTIONS }, () => startLogin(server.origin)));
    const hash = await createHasher().hash(PASSWORD);
    await postPasswords(server, logins);

    const ours: number[] = [];
    const bare: number[] = [];
    const busy: number[] = [];
    const idle: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await bareRate(hash));
      ours.push(await postPasswords(server, logins));
      idle.push(await cheapPage(server));
      const [, p99] = await Promise.all([postPasswords(server, logins), cheapPage(server)]);
      busy.push(p99);
    }
    return [
      row('password POSTs, beside bare argon2id verifications', median(ours), median(bare), '1/s', 0.9),
      row('p99 of a cheap page while hashing, beside idle', median(busy), median(idle), 'ms', 50),
    ];
  } finally {
    await server.remove();
  }
}
