import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_API, type AdminClient, adminClient, mutation } from '../support/admin-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Gate, startGate } from '../support/gate.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';
import { type Visitor, visitor } from '../support/visitor.ts';

const PASSWORD = 'plover hinge 41';
const PATIENCE = { timeout: 50_000 };

/** A server whose database goes away under its hands, and comes back. */
let database: TestDatabase;
let gate: Gate;
let mail: TestMailServer;
let server: TestServer;
let admin: AdminClient;
let userID: string;
let browser: Visitor;

beforeAll(async () => {
  database = await testDatabase();
  [gate, mail, browser] = await Promise.all([startGate(database.url), startMailServer(), visitor()]);
  server = await startServer({
    env: {
      DATABASE_URL: gate.url,
      LATCHKEY_SECRET: 'a secret that only the tests of outages know',
      SMTP_URL: mail.url,
    },
  });
  admin = await adminClient(server);
  const definition = { loginID: { key: 'email', value: 'alice@example.com' } };
  const made = await admin.mutate('createUser', { definition, password: PASSWORD }, 'user { id }');
  userID = (made.user as { id: string }).id;
});
afterAll(async () => {
  await browser.leave();
  await server.remove();
  await mail.stop();
  await gate.stop();
  await database.stop();
});

const statusOf = async (path: string): Promise<number> => (await fetch(`${server.origin}${path}`)).status;
const settings = (): string => `${server.origin}/settings`;

describe('while the database is away', () => {
  let pid: number;
  beforeAll(async () => {
    pid = server.pid();
    await gate.shut();
  });
  afterAll(() => gate.open());

  it('is alive, but not ready', async () => {
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(503);
  });

  it('shows people a page that names the failure in the log, and nothing of it', async () => {
    const page = await browser.open(settings());
    expect([page.status, page.heading]).toEqual([500, 'Something went wrong']);
    const [id = 'none'] = /[0-9a-f-]{36}/.exec(page.html) ?? [];
    await expect.poll(() => server.output(), PATIENCE).toContain(id);
    expect(page.html).not.toMatch(/ECONN|postgres|select /i);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('tells programs no more', async () => {
    const answer = await admin.send({ path: ADMIN_API, body: JSON.stringify({ query: '{ __typename }' }) });
    expect(answer.status).toBe(500);
    const { error } = answer.json();
    expect(error).toEqual({
      kind: 'InternalError',
      reason: 'UnexpectedError',
      message: 'unexpected error',
      info: { error_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    await expect.poll(() => server.output(), PATIENCE).toContain(error.info.error_id);
  });

  it('goes on by itself when it is back: pages, the API, mails', async () => {
    await gate.open();
    await expect.poll(() => statusOf('/readyz'), PATIENCE).toBe(200);
    expect(
      (await browser.signIn(await browser.open(settings()), 'alice@example.com', PASSWORD)).heading,
    ).toBe('Your account');
    await admin.mutate('resetPassword', { userID, sendPassword: true }, 'user { id }');
    expect((await mail.next()).recipients).toEqual(['alice@example.com']);
    expect(server.pid()).toBe(pid);
    expect(await statusOf('/healthz')).toBe(200);
  });
});

it('survives that the database goes away in the middle of a request, which fails', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await client.query('select from users for update');
  const waits =
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  const reset = admin.ask(mutation('resetPassword', 'user { id }'), { input: { userID } });
  await expect.poll(async () => (await client.query(waits)).rowCount, PATIENCE).toBe(1);
  await gate.shut();
  expect((await reset).errors?.[0]?.extensions.reason).toBe('UnexpectedError');
  await client.end();
  await gate.open();
  await expect.poll(() => statusOf('/readyz'), PATIENCE).toBe(200);
});

it('says that it is not ready while the database does not answer, and is again when it does', async () => {
  gate.freeze();
  expect(await statusOf('/readyz')).toBe(503);
  expect(await statusOf('/healthz')).toBe(200);
  await gate.shut();
  await gate.open();
  await expect.poll(() => statusOf('/readyz'), PATIENCE).toBe(200);
});
