import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { createHasher } from '../server/src/passwords/index.ts';
import { startServer, type TestServer } from '../tests/support/server.ts';
import { median, type Row, row } from './row.ts';

const ROUNDS = 3;
/** Of the bare rate and of the cheap page; shorter than the POSTs take, so that those go on meanwhile. */
const SECONDS = 4;
const CONNECTIONS = 16;
/** Password POSTs of one measurement; some seconds at the rate of two cores. */
const POSTS = 40 * CONNECTIONS;
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

/** Starts as many logins, some at a time. */
async function startLogins(origin: string, count: number): Promise<Waiting[]> {
  const logins: Waiting[] = [];
  while (logins.length < count) {
    logins.push(...(await Promise.all(Array.from({ length: CONNECTIONS }, () => startLogin(origin)))));
  }
  return logins;
}

/**
 * Posts the right password once to each of some logins. The account must change it, so a login goes on to the
 * page that asks for a new one, and no more than the password is measured.
 * @returns POSTs per second
 */
async function postPasswords(server: TestServer, prepared: readonly Waiting[]): Promise<number> {
  const logins = [...prepared];
  const start = performance.now();
  let last = start;
  const result = await autocannon({
    url: server.origin,
    connections: CONNECTIONS,
    amount: logins.length,
    // The library itself counts in whole seconds.
    setupClient: (client) =>
      client.on('response', () => {
        last = performance.now();
      }),
    requests: [
      {
        setupRequest(request) {
          const { path, cookie, csrf } = logins.pop() as Waiting;
          const body = new URLSearchParams({ csrf, login_id: EMAIL, password: PASSWORD }).toString();
          const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
          return { ...request, method: 'POST', path, headers, body };
        },
      },
    ],
  });
  if (result['3xx'] !== prepared.length) {
    throw new Error(`refused: ${JSON.stringify(result.statusCodeStats)}`);
  }
  return (prepared.length / (last - start)) * 1_000;
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
    const hash = await createHasher().hash(PASSWORD);
    const post = async () => postPasswords(server, await startLogins(server.origin, POSTS));
    await post();

    const ours: number[] = [];
    const bare: number[] = [];
    const busy: number[] = [];
    const idle: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await bareRate(hash));
      ours.push(await post());
      idle.push(await cheapPage(server));
      const logins = await startLogins(server.origin, POSTS);
      const [p99] = await Promise.all([cheapPage(server), postPasswords(server, logins)]);
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
