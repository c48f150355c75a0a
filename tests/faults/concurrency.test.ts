import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHasher } from '../../server/src/passwords/index.ts';
import {
  ADMIN_API,
  type AdminAnswer,
  type AdminClient,
  adminClient,
  mutation,
} from '../support/admin-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { passwordIn } from '../support/login.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';
import { type Visitor, visitor } from '../support/visitor.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const RESET = mutation('resetPassword', 'user { id } messages { id }');

/** Two server processes on one database, behind a balancer that gives each request to the other one. */
let database: TestDatabase;
let mail: TestMailServer;
let balancer: Balancer;
let servers: [TestServer, TestServer];
let admin: AdminClient;
const browsers: Visitor[] = [];

beforeAll(async () => {
  [database, mail, balancer] = await Promise.all([testDatabase(), startMailServer(), startBalancer()]);
  const env = {
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: 'a secret that only the tests of two servers know',
    SMTP_URL: mail.url,
    PUBLIC_ORIGIN: balancer.origin,
    TRUSTED_PROXIES: '127.0.0.1',
  };
  servers = await Promise.all([startServer({ env }), startServer({ env })]);
  balancer.servers.push(...servers.map(({ port }) => port));
  admin = await adminClient(servers[0]);
});
afterAll(async () => {
  for (const browser of browsers) await browser.leave();
  await Promise.all(servers.map((server) => server.remove()));
  await balancer.stop();
  await mail.stop();
  await database.stop();
});

/** A request to one of the two, past the balancer. */
const get = (server: TestServer, path: string): Promise<WireAnswer> =>
  sendRaw(server.port, { path, headers: { host: balancer.host, accept: 'text/html' } });

/** Asks the Admin API of one of the two. */
async function ask(
  server: TestServer,
  query: string,
  input: Record<string, unknown>,
  { client = admin, userAgent = 'test/1.0' } = {},
): Promise<AdminAnswer> {
  const answer = await sendRaw(server.port, {
    method: 'POST',
    path: ADMIN_API,
    headers: {
      host: balancer.host,
      authorization: `Bearer ${await client.token()}`,
      'content-type': 'application/json',
      'user-agent': userAgent,
    },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return { status: answer.status, ...answer.json() };
}

async function addUser(email: string, password: string | null = null): Promise<{ id: string; uuid: string }> {
  const definition = { loginID: { key: 'email', value: email } };
  const { data } = await ask(servers[0], mutation('createUser', 'user { id }'), { definition, password });
  const { id } = data.createUser.user;
  return { id, uuid: Buffer.from(id, 'base64url').toString().slice('User:'.length) };
}

async function newVisitor(): Promise<Visitor> {
  const browser = await visitor();
  browsers.push(browser);
  return browser;
}

async function signIn(loginID: string, password: string) {
  const browser = await newVisitor();
  const page = await browser.open(`${balancer.origin}/settings`);
  return { browser, page: await browser.signIn(page, loginID, password) };
}

const refusals = ({ errors = [] }: AdminAnswer): string[] =>
  errors.map(({ extensions }) => extensions.reason);

describe('fifty resets of one user at once, over two servers', () => {
  const TIMES = 50;
  const passwordOf = (number: number): string => `passphrase of reset ${number}`;
  const agentOf = (number: number): string => `reset/${number}`;
  let user: { id: string; uuid: string };
  /** The numbers of those that were done. */
  let done: number[];

  beforeAll(async () => {
    user = await addUser('alice@example.com');
    const numbers = Array.from({ length: TIMES }, (_, number) => number);
    const answers = await Promise.all(
      numbers.map((number) => {
        const input = { userID: user.id, password: passwordOf(number), sendPassword: true };
        return ask(servers[number % 2] as TestServer, RESET, input, { userAgent: agentOf(number) });
      }),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      for (const { extensions } of answer.errors ?? []) {
        expect(extensions).toMatchObject({ errorName: 'ServiceUnavailable', reason: 'HashingQueueFull' });
      }
    }
    done = numbers.filter((number) => !answers[number]?.errors);
  });

  const entries = (activityType: string) =>
    database.database
      .forProject('home')
      .kysely.selectFrom('audit_log')
      .selectAll()
      .where('project_id', '=', 'home')
      .where('user_id', '=', user.uuid)
      .where('activity_type', '=', activityType)
      .orderBy('id')
      .execute();

  it('are all done, for each waits its turn', () => {
    expect(done).toHaveLength(TIMES);
  });

  it.each(['PASSWORD_RESET', 'ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED'])(
    'leave one entry each of %s in the audit log',
    async (activityType) => {
      const agents = (await entries(activityType)).map(({ user_agent }) => user_agent);
      expect(agents.toSorted()).toEqual(done.map(agentOf).toSorted());
    },
  );

  it('leave one password that works, which is the one of the last entry and of the last mail', async () => {
    const { kysely } = database.database.forProject('home');
    const stored = await kysely
      .selectFrom('authenticators')
      .selectAll()
      .where('project_id', '=', 'home')
      .where('user_id', '=', user.uuid)
      .execute();
    expect(stored).toHaveLength(1);
    const hasher = createHasher();
    const right = await Promise.all(
      done.map(async (number) =>
        (await hasher.verify(String(stored[0]?.password_hash), passwordOf(number))) ? [number] : [],
      ),
    );
    const [works = -1, ...others] = right.flat();
    expect([works >= 0, others]).toEqual([true, []]);

    const log = await entries('PASSWORD_RESET');
    const last = log.at(-1);
    // Ids of two processes are in order by the millisecond.
    const latest = log.filter(({ created_at }) => Number(created_at) === Number(last?.created_at));
    const entry = latest.find(({ user_agent }) => user_agent === agentOf(works));
    expect(entry).toBeDefined();

    const [messageID = '-'] = (entry?.data as { message_ids: string[] } | undefined)?.message_ids ?? [];
    const unsettled = () =>
      kysely
        .selectFrom('messages')
        .select('id')
        .where('project_id', '=', 'home')
        .where('user_id', '=', user.uuid)
        .where((eb) =>
          eb.or([eb('state', 'not in', ['sent', 'superseded']), eb('secret_sealed', 'is not', null)]),
        )
        .execute();
    await expect.poll(unsettled, { timeout: 30_000 }).toEqual([]);
    const letter = mail.arrived.find(({ parsed }) => parsed.messageId?.includes(messageID));
    expect(letter?.parsed.text).toContain(passwordOf(works));
    expect(letter?.recipients).toEqual(['alice@example.com']);

    expect((await signIn('alice@example.com', passwordOf(works))).page.heading).toBe('Your account');
    const wrong = done.filter((number) => number !== works).slice(0, 2);
    for (const number of wrong) {
      expect((await signIn('alice@example.com', passwordOf(number))).page.status).toBe(401);
    }
  });

  it('count as many versions of the password, one for each mail', async () => {
    const { kysely } = database.database.forProject('home');
    const { password_version } = await kysely
      .selectFrom('users')
      .select('password_version')
      .where('project_id', '=', 'home')
      .where('id', '=', user.uuid)
      .executeTakeFirstOrThrow();
    const messages = await kysely
      .selectFrom('messages')
      .select('password_version')
      .where('project_id', '=', 'home')
      .where('user_id', '=', user.uuid)
      .execute();
    const versions = messages.map((message) => Number(message.password_version)).toSorted((a, b) => a - b);
    expect(versions).toEqual(done.map((_, index) => Number(password_version) - done.length + 1 + index));
  });
});

describe('what one process changes, the others see at their next request', () => {
  const both = <T>(work: (server: TestServer) => Promise<T>): Promise<T[]> => Promise.all(servers.map(work));

  it('a key that is revoked on the command line', async () => {
    const client = await adminClient(servers[0]);
    const user = await addUser('key@example.com');
    const reset = (server: TestServer) => ask(server, RESET, { userID: user.id }, { client });
    expect((await both(reset)).map(({ status }) => status)).toEqual([200, 200]);
    await servers[0].json(['admin-keys', 'revoke', client.keyID]);
    expect((await both(reset)).map(({ status }) => status)).toEqual([401, 401]);
  });

  it('a setting', async () => {
    const user = await addUser('setting@example.com');
    const reset = (server: TestServer) =>
      ask(server, RESET, { userID: user.id, password: `hinge plover ${server.port}` });
    expect((await both(reset)).map(refusals)).toEqual([[], []]);
    await servers[1].json(['settings', 'set', 'passwords.min_length', '40']);
    expect((await both(reset)).map(refusals)).toEqual([
      ['PasswordPolicyViolated'],
      ['PasswordPolicyViolated'],
    ]);
    await servers[1].json(['settings', 'set', 'passwords.min_length', '8']);
    expect((await both(reset)).map(refusals)).toEqual([[], []]);
  });

  it('an app that is made', async () => {
    const redirectURI = 'http://127.0.0.1:9/callback';
    const authorize = (clientID: string) => (server: TestServer) =>
      get(
        server,
        `/oauth2/authorize?${new URLSearchParams({
          client_id: clientID,
          redirect_uri: redirectURI,
          response_type: 'code',
          scope: 'openid',
          code_challenge: 'a'.repeat(43),
          code_challenge_method: 'S256',
        })}`,
      );
    expect((await both(authorize('not-yet-made'))).map(({ status }) => status)).toEqual([400, 400]);
    const { clientID } = await servers[1].json<{ clientID: string }>([
      ...['clients', 'create', '--name', 'New', '--type', 'spa', '--redirect-uri', redirectURI],
    ]);
    for (const { status, headers } of await both(authorize(clientID))) {
      expect([status, headers.location]).toEqual([303, expect.stringContaining('/login/')]);
    }
  });

  it('the end of a session', async () => {
    const user = await addUser('session@example.com', 'plover hinge 41');
    const { browser, page } = await signIn('session@example.com', 'plover hinge 41');
    expect(page.heading).toBe('Your account');
    await ask(servers[0], RESET, { userID: user.id });
    for (const _ of servers) {
      expect((await browser.open(`${balancer.origin}/settings`)).heading).toBe('Sign in');
    }
  });
});

describe('a login whose every request goes to the other server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(servers[0]);
  });
  afterAll(() => app.stop());

  it('leads by way of the forced change into the app', async () => {
    const user = await addUser('walker@example.com');
    const before = balancer.counts();
    await ask(servers[0], RESET, { userID: user.id, sendPassword: true, setPasswordExpired: true });
    const arrived = () => mail.arrived.find(({ recipients }) => recipients.includes('walker@example.com'));
    await expect.poll(arrived, { timeout: 30_000 }).toBeDefined();
    const browser = await newVisitor();
    const change = await browser.signIn(
      await browser.open(app.origin),
      'walker@example.com',
      passwordIn(arrived()),
    );
    expect(change.heading).toBe('Change your password');
    const landed = await browser.choose(change, 'my very own passphrase 1');
    expect(landed.heading).toBe(`Hello ${app.tokens().claims()?.sub}`);
    expect(await app.refreshes(app.tokens().refresh_token ?? '')).toBe(true);
    expect(await app.refreshes(app.tokens().refresh_token ?? '')).toBe(true);
    expect(await app.userinfo(app.tokens())).toMatchObject({ email: 'walker@example.com' });
    for (const [index, count] of balancer.counts().entries())
      expect(count).toBeGreaterThan(before[index] ?? 0);
  });
});

/** So that the number of connections stays one that any machine takes. */
const MOST_CORES = 8;

describe.skipIf(availableParallelism() > MOST_CORES)('three times as many logins at once as may wait', () => {
  const TIMES = availableParallelism() * 101 * 3;

  it('are answered or told when to come back, and the next one is let in', async () => {
    await addUser('crowd@example.com', 'plover hinge 41');
    const browser = await newVisitor();
    const page = await browser.open(`${balancer.origin}/settings`);
    const cookies = Object.entries(await browser.cookies()).map(([name, value]) => `${name}=${value}`);
    const [form] = page.forms;
    // A crowd: each at an address and an account of their own, so that only the queue can be full.
    const asked = (number: number) => ({
      method: 'POST',
      path: new URL(form?.action ?? '').pathname,
      headers: {
        host: balancer.host,
        cookie: cookies.join('; '),
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': `198.51.${number >> 8}.${number & 255}`,
      },
      body: `${new URLSearchParams({ ...form?.fields, login_id: `nobody-${number}@example.com`, password: 'wrong' })}`,
    });
    const answers = await Promise.all(
      Array.from({ length: TIMES }, (_, number) => sendRaw(servers[0].port, asked(number))),
    );
    for (const { status, headers, text } of answers) {
      expect([401, 503]).toContain(status);
      expect(headers['retry-after'] !== undefined).toBe(status === 503);
      expect(text).toContain('name="login_id"');
    }
    const entered = await browser.signIn(page, 'crowd@example.com', 'plover hinge 41');
    expect(entered.heading).toBe('Your account');
  });
});
