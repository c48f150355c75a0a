import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { testDatabase } from '../support/database.ts';
import {
  type CommandResult,
  freePort,
  runLatchkey,
  startServer,
  type TestServer,
} from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';
import { sendRaw } from '../support/wire.ts';

const OLD = 'the-secret-of-last-year-of-32-bytes!';
const NEW = 'the-secret-of-this-year-of-32-bytes!';

interface App {
  clientID: string;
  clientSecret: string;
}

/** What was made before the secret was rotated. */
interface Made {
  keys: unknown;
  app: App;
  mail: TestMailServer;
}

const keysOf = async (server: TestServer): Promise<unknown> => {
  const answer = await sendRaw(server.port, { path: '/oauth2/jwks' });
  expect(answer.status).toBe(200);
  return answer.json().keys;
};

const makeApp = (server: TestServer): Promise<App> =>
  server.json<App>(['clients', 'create', '--name', 'App', '--type', 'm2m']);

/** Whether the server knows the app by its secret (RFC 7662 asks for that). */
async function knows(server: TestServer, { clientID, clientSecret }: App): Promise<boolean> {
  const { status } = await sendRaw(server.port, {
    method: 'POST',
    path: '/oauth2/introspect',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientID}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'token=unknown',
  });
  return status === 200;
}

async function makeThings(server: TestServer): Promise<Made> {
  const mail = await startMailServer();
  onTestFinished(() => mail.stop());
  await server.json(['settings', 'set', 'messages.smtp_url', '-'], mail.url);
  return { keys: await keysOf(server), app: await makeApp(server), mail };
}

/** Signing keys, the app's secret and the sealed setting are what they were. */
async function expectAllOpens(server: TestServer, { keys, app, mail }: Made): Promise<void> {
  expect(await keysOf(server)).toEqual(keys);
  expect(await knows(server, app)).toBe(true);
  expect(await knows(server, { ...app, clientSecret: 'wrong' })).toBe(false);
  const email = `user-${crypto.randomUUID()}@example.com`;
  await server.json(['users', 'create', '--email', email, '--generate', '--send']);
  expect((await mail.next()).recipients).toEqual([email]);
  expect(await server.json(['doctor'])).toMatchObject({ ok: true });
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/);
  for (const secret of [OLD, NEW]) expect(server.output()).not.toContain(secret);
}

function expectRefused({ status, stdout, stderr }: CommandResult): void {
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^latchkey: LATCHKEY_SECRET [^\n]+\n$/);
  for (const secret of [OLD, NEW]) expect(stderr).not.toContain(secret);
}

const SEALED_ANEW = 'sealed anew under the first secret';

describe('the secret of servers on one database', () => {
  let url: string;
  let db: pg.Client;
  beforeEach(async () => {
    const database = await testDatabase();
    url = database.url;
    db = new pg.Client({ connectionString: url });
    await db.connect();
    onTestFinished(async () => {
      await db.end();
      await database.stop();
    });
  });

  const environment = (list: string) => ({ DATABASE_URL: url, LATCHKEY_SECRET: list });
  async function startWith(list: string): Promise<TestServer> {
    const server = await startServer({ env: environment(list) });
    onTestFinished(() => server.remove());
    return server;
  }
  const tryWith = async (list: string, args = ['start']): Promise<CommandResult> =>
    runLatchkey(args, { ...environment(list), PORT: String(await freePort()) });
  const sealed = async () =>
    (
      await db.query(
        'select private_sealed as sealed from signing_keys union select secret_sealed from clients',
      )
    ).rows;

  it('is rotated by a start with the new one first, and the old one is of no use then', async () => {
    const old = await startWith(OLD);
    const made = await makeThings(old);
    await old.stop();
    expectRefused(await tryWith(NEW));

    const rotating = await startWith(`${NEW},${OLD}`);
    await expectAllOpens(rotating, made);
    expect(rotating.output()).toContain(`"count":4,"msg":"${SEALED_ANEW}`);
    await rotating.stop();

    const fresh = await startWith(NEW);
    await expectAllOpens(fresh, made);
    expect(fresh.output()).not.toContain(SEALED_ANEW);
    expectRefused(await tryWith(OLD));
  });

  it('is rotated once by two servers that start at the same moment', async () => {
    const old = await startWith(OLD);
    const made = await makeThings(old);
    await old.stop();
    const both = await Promise.all([startWith(`${NEW},${OLD}`), startWith(`${NEW},${OLD}`)]);
    expect(both.filter((server) => server.output().includes(SEALED_ANEW))).toHaveLength(1);
    for (const server of both) await expectAllOpens(server, made);
  });

  it('stays the old one where the rotation breaks off half way', async () => {
    const old = await startWith(OLD);
    const made = await makeThings(old);
    await old.stop();
    const before = await sealed();
    await db.query(
      "create function fail() returns trigger language plpgsql as $$ begin raise exception 'no more space'; end $$",
    );
    await db.query('create trigger fail before update on clients for each row execute function fail()');
    const { status, stderr } = await tryWith(`${NEW},${OLD}`);
    expect([status, stderr]).toEqual([1, expect.stringContaining('no more space')]);
    expect(await sealed()).toEqual(before);
    expectRefused(await tryWith(NEW));
    await old.start();
    await expectAllOpens(old, made);
    await old.stop();

    await db.query('drop trigger fail on clients');
    await expectAllOpens(await startWith(`${NEW},${OLD}`), made);
  });

  it('is rotated on one server after the other, and what the slower one seals meanwhile is taken up', async () => {
    const slower = await startWith(`${OLD},${NEW}`);
    const made = await makeThings(slower);
    const faster = await startWith(`${NEW},${OLD}`);
    const apps = [await makeApp(slower), await makeApp(faster)];
    for (const server of [slower, faster]) {
      await expectAllOpens(server, made);
      for (const app of apps) expect(await knows(server, app)).toBe(true);
    }
    await slower.stop();
    await faster.stop();
    expectRefused(await tryWith(OLD));
  });

  it('is not dropped while something is under it: start and doctor say what, and how to go on', async () => {
    const server = await startWith(`${NEW},${OLD}`);
    const made = await makeThings(server);
    const { rows } = await db.query('select secret_sealed from clients');
    await tryWith(`${OLD},${NEW}`, ['projects', 'list']);
    const { rows: former } = await db.query('select secret_sealed from clients');
    expect(former).not.toEqual(rows);
    await tryWith(`${NEW},${OLD}`, ['projects', 'list']);
    // As a process with the list the other way round would have left it.
    await db.query('update clients set secret_sealed = $1', [former[0].secret_sealed]);

    const refused = await tryWith(NEW);
    expectRefused(refused);
    expect(refused.stderr).toContain(`the secret of the app ${made.app.clientID} of the project home`);
    const { status, stdout } = await tryWith(NEW, ['doctor']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FIX {2}settings {4}LATCHKEY_SECRET does not open the secret of the app/);
    expect(await knows(server, made.app)).toBe(true);

    const { status: looked } = await tryWith(`${NEW},${OLD}`, ['doctor']);
    expect(looked).toBe(0);
    expectRefused(await tryWith(NEW));
    await server.stop();
    await server.start();
    await expectAllOpens(await startWith(NEW), made);
  });
});

it('the secret that stands in the data folder is rotated there', async () => {
  const server = await startServer();
  onTestFinished(() => server.remove());
  const made = await makeThings(server);
  const file = join(server.dataDir, 'secret');
  const old = (await readFile(file, 'utf8')).trim();
  for (const list of [`${NEW},${old}`, NEW]) {
    await server.stop();
    await writeFile(file, list);
    await server.start();
    await expectAllOpens(server, made);
  }
  await server.stop();
  await writeFile(file, old);
  const refused = await server.latchkey(['start']);
  expectRefused(refused);
  expect(refused.stderr).not.toContain(old);
});
