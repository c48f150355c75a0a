import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createHasher } from '../server/src/passwords/index.ts';
import { startServer, type TestServer } from '../tests/support/server.ts';
import { p99Of } from './percentile.ts';
import { rateOf } from './rate.ts';
import { middle, type Round, type Row, row } from './row.ts';

/** Many short rounds, each with both halves: the machine may be shared, and its speed changes by the second. */
const ROUNDS = 11;
const PAGE_ROUNDS = 3;
const BARE_SECONDS = 1.5;
const PAGE_SECONDS = 4;
const CONNECTIONS = 16;
/** Password POSTs of one round: as many as two cores check in some two seconds. */
const POSTS = 16 * CONNECTIONS;
/** Beside the cheap page: more than it takes, so that those go on meanwhile. */
const PAGE_POSTS = 80 * CONNECTIONS;
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
  return rateOf({
    origin: server.origin,
    amount: logins.length,
    connections: CONNECTIONS,
    expect: '3xx',
    request: {
      setupRequest(request) {
        const { path, cookie, csrf } = logins.pop() as Waiting;
        const body = new URLSearchParams({ csrf, login_id: EMAIL, password: PASSWORD }).toString();
        const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
        return { ...request, method: 'POST', path, headers, body };
      },
    },
  });
}

/** The 99th percentile of a page that costs no hash, in milliseconds. */
const cheapPage = (server: TestServer): Promise<number> =>
  p99Of(`${server.origin}/settings/signed-out`, PAGE_SECONDS);

const bareProcess = promisify(execFile);

async function bareRate(hash: string): Promise<number> {
  const script = join(import.meta.dirname, 'bare-argon2.ts');
  const { stdout } = await bareProcess(process.execPath, [script, hash, PASSWORD, String(BARE_SECONDS)]);
  return Number(stdout);
}

/** Password POSTs per second beside the bare rate of the same hash, and how a cheap page fares meanwhile. */
export async function run(): Promise<Row[]> {
  const server = await startServer();
  try {
    await server.json(['users', 'create', '--email', EMAIL, '--password-stdin', '--expire'], PASSWORD);
    const hash = await createHasher().hash(PASSWORD);
    await postPasswords(server, await startLogins(server.origin, POSTS));

    const rates: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const logins = await startLogins(server.origin, POSTS);
      const reference = await bareRate(hash);
      rates.push({ reference, ours: await postPasswords(server, logins) });
    }
    const pages: Round[] = [];
    for (let round = 0; round < PAGE_ROUNDS; round++) {
      const logins = await startLogins(server.origin, PAGE_POSTS);
      const reference = await cheapPage(server);
      const [ours] = await Promise.all([cheapPage(server), postPasswords(server, logins)]);
      pages.push({ reference, ours });
    }
    const [rate, page] = [middle(rates), middle(pages)];
    return [
      row('password POSTs, beside bare argon2id verifications', rate.ours, rate.reference, '1/s', 0.9),
      row('p99 of a cheap page while hashing, beside idle', page.ours, page.reference, 'ms', 50),
    ];
  } finally {
    await server.remove();
  }
}
