import { Agent, request } from 'node:http';
import { adminClient } from '../tests/support/admin-client.ts';
import { startServer, type TestServer } from '../tests/support/server.ts';
import { startMailServer } from '../tests/support/smtp.ts';
import { median, type Row, row } from './row.ts';

const SAMPLES = 500;
/** Before anything is measured: what is loaded at first use is there, and the code is warm. */
const WARM_UP = 60;
const AT_ONCE = 8;
const PASSWORD = 'plover hinge 41';
const FORM = 'application/x-www-form-urlencoded';

/** Somebody with an account, nobody, and somebody else with an account: between the first and the last is only noise. */
type Series = 'known' | 'unknown' | 'again';
const SERIES: readonly Series[] = ['known', 'unknown', 'again'];

/** A form that waits to be sent, in a browser of its own. */
interface Waiting {
  path: string;
  cookie: string;
  csrf: string;
}

/** A form as it is sent: each time with another login ID and from another address, or a limit would answer. */
type Send = (loginID: string, ipAddress: string) => Promise<void>;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let addresses = 0;

/** An address that nothing was sent from before; the server takes it from its proxy, which the bench stands for. */
const nextAddress = (): string => {
  addresses += 1;
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
};

/** Opens a page as a browser does, as far as its form. */
async function openForm(origin: string, path: string): Promise<Waiting> {
  const cookies = new Map<string, string>();
  let url = origin + path;
  for (;;) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies.values()].join('; '), 'x-forwarded-for': nextAddress() },
    });
    for (const line of response.headers.getSetCookie()) {
      const [cookie = ''] = line.split(';');
      cookies.set(cookie.split('=')[0] ?? '', cookie);
    }
    const location = response.headers.get('location');
    if (location === null) {
      const csrf = /name="csrf" value="([^"]+)"/.exec(await response.text())?.[1];
      if (csrf === undefined) throw new Error(`no form at ${url}`);
      return { path: new URL(url).pathname, cookie: [...cookies.values()].join('; '), csrf };
    }
    url = new URL(location, url).href;
  }
}

/** Makes what sends a form, and sees that it is answered as it should be. */
function sender(server: TestServer, form: Waiting, fields: Record<string, string>, status: number): Send {
  return (loginID, ipAddress) =>
    new Promise((resolve, reject) => {
      const body = new URLSearchParams({ csrf: form.csrf, login_id: loginID, ...fields }).toString();
      const sent = request(
        {
          agent,
          host: '127.0.0.1',
          port: server.port,
          method: 'POST',
          path: form.path,
          headers: {
            host: new URL(server.origin).host,
            'content-type': FORM,
            'content-length': Buffer.byteLength(body),
            cookie: form.cookie,
            'x-forwarded-for': ipAddress,
          },
        },
        (response) => {
          response.resume();
          response.on('end', () =>
            response.statusCode === status
              ? resolve()
              : reject(new Error(`${form.path} answered ${response.statusCode}, not ${status}`)),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

/** The login IDs of one series; those that are known have accounts of their own. */
const loginIDs = (series: Series): string[] =>
  Array.from({ length: SAMPLES }, (_, index) => `${series}-${index}@example.com`);

async function createUsers(server: TestServer): Promise<void> {
  const admin = await adminClient(server);
  const waiting = [...loginIDs('known'), ...loginIDs('again')];
  const work = async (): Promise<void> => {
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      const definition = { loginID: { key: 'email', value } };
      await admin.mutate('createUser', { definition, password: PASSWORD }, 'user { id }');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** In no order: what a request leaves the server to do, such as a mail, falls on the next of any series alike. */
function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

/** The median of each series, in milliseconds, of requests sent one after the other. */
async function measure(send: Send): Promise<Record<Series, number>> {
  for (let count = 0; count < WARM_UP; count += 1) await send(`warm-${count}@example.com`, nextAddress());
  const taken: Record<Series, number[]> = { known: [], unknown: [], again: [] };
  const all = SERIES.flatMap((series) => loginIDs(series).map((loginID) => ({ series, loginID })));
  for (const { series, loginID } of shuffled(all)) {
    const ipAddress = nextAddress();
    const start = performance.now();
    await send(loginID, ipAddress);
    taken[series].push(performance.now() - start);
  }
  return {
    known: median(taken.known),
    unknown: median(taken.unknown),
    again: median(taken.again),
  };
}

/** How far a ratio may be from 1 for anybody to learn nothing of it that the noise would not tell as well. */
const TARGET = 1.1;

function rows(what: string, { known, unknown, again }: Record<Series, number>): Row[] {
  const target = Number((known * TARGET).toPrecision(3));
  return [
    row(`${what}: unknown account, beside a known one`, unknown, known, 'ms', target),
    row(`${what}: known again, beside known`, again, known, 'ms', target),
  ];
}

/** Whether time tells who has an account: medians of as many requests for accounts that there are and are not. */
export async function run(): Promise<Row[]> {
  const mail = await startMailServer();
  const server = await startServer({ env: { SMTP_URL: mail.url, TRUSTED_PROXIES: '127.0.0.1' } });
  try {
    await createUsers(server);
    const found: Row[] = [];
    const forgot = await openForm(server.origin, '/forgot-password');
    const ask = sender(server, forgot, { method: 'link' }, 303);
    found.push(...rows('forgot password', await measure(ask)));
    const login = await openForm(server.origin, '/settings');
    const wrong = sender(server, login, { password: 'not the password' }, 401);
    found.push(...rows('login, wrong password', await measure(wrong)));
    return found;
  } finally {
    agent.destroy();
    await server.remove();
    await mail.stop();
  }
}
