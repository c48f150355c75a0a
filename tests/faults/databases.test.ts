import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import {
  type ExternalPostgres,
  externalPostgresIsThere,
  startExternalPostgres,
} from '../support/external-postgres.ts';
import { passwordIn } from '../support/login.ts';
import { type PgBouncer, pgBouncerIsThere, startPgBouncer } from '../support/pgbouncer.ts';
import { removeFolder, temporaryFolder } from '../support/postgres.ts';
import { freePort, runLatchkey, startServer, type TestServer } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';
import { type Visitor, visitor } from '../support/visitor.ts';

const SECRET = 'a secret that only the tests of other databases know';
const OPERATOR = 'operators open doors 7';
const CHOSEN = 'my very own passphrase 1';

let postgres: ExternalPostgres;
beforeAll(async () => {
  if (externalPostgresIsThere) postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

const WAYS = [
  { name: 'an external PostgreSQL', isThere: externalPostgresIsThere, pooled: false },
  {
    name: 'PgBouncer, which pools transactions',
    isThere: externalPostgresIsThere && pgBouncerIsThere,
    pooled: true,
  },
];

for (const { name, isThere, pooled } of WAYS) {
  describe.skipIf(!isThere)(`the main job on ${name}`, () => {
    let bouncer: PgBouncer | undefined;
    let mailServer: TestMailServer;
    let server: TestServer;
    let app: TestApp;
    let admin: AdminClient;
    let userID: string;
    const browsers: Visitor[] = [];

    beforeAll(async () => {
      const direct = await postgres.createDatabase();
      bouncer = pooled ? await startPgBouncer(direct) : undefined;
      mailServer = await startMailServer();
      const addresses: Record<string, string> = bouncer
        ? { DATABASE_URL: bouncer.url, DATABASE_DIRECT_URL: direct }
        : { DATABASE_URL: direct };
      server = await startServer({
        env: { ...addresses, LATCHKEY_SECRET: SECRET, SMTP_URL: mailServer.url },
      });
    });
    afterAll(async () => {
      for (const browser of browsers) await browser.leave();
      await app?.stop();
      await server?.remove();
      await mailServer?.stop();
      await bouncer?.stop();
    });

    async function signIn(password: string) {
      const browser = await visitor();
      browsers.push(browser);
      return {
        browser,
        page: await browser.signIn(await browser.open(app.origin), 'alice@example.com', password),
      };
    }

    it('is set up on the command line', async () => {
      await server.json(['operators', 'create', '--email', 'op@example.com', '--password-stdin'], OPERATOR);
      const made = await server.json<{ userID: string }>(['users', 'create', '--email', 'alice@example.com']);
      userID = made.userID;
      admin = await adminClient(server);
      app = await startApp(server);
      expect(await server.json(['doctor'])).toMatchObject({ ok: true });
    });

    it('takes the reset over the API, and mails the password', async () => {
      const input = { userID, sendPassword: true, setPasswordExpired: true };
      expect(await admin.mutate('resetPassword', input, 'user { id }')).toEqual({ user: { id: userID } });
      expect((await mailServer.next()).recipients).toEqual(['alice@example.com']);
    });

    it('lets the user in only by way of a new password, without JavaScript', async () => {
      const mailed = passwordIn(mailServer.arrived.at(-1));
      const { browser, page } = await signIn(mailed);
      expect(page.heading).toBe('Change your password');
      const landed = await browser.choose(page, CHOSEN);
      expect(landed.heading).toBe(`Hello ${app.tokens().claims()?.sub}`);
      expect(await app.userinfo(app.tokens())).toMatchObject({ email: 'alice@example.com' });
      expect(await app.refreshes(app.tokens().refresh_token ?? '')).toBe(true);
      expect((await signIn(mailed)).page).toMatchObject({ status: 401, heading: 'Sign in' });
    });

    it('ends the tokens with the next reset', async () => {
      const before = app.tokens();
      await admin.mutate('resetPassword', { userID, password: 'typed by hand 2026!' }, 'user { id }');
      expect(await app.userinfo(before)).toBeUndefined();
      expect(await app.refreshes(before.refresh_token ?? '')).toBe(false);
    });

    it('goes on with many requests at once', async () => {
      const numbers = Array.from({ length: 30 }, (_, number) => number);
      await Promise.all(
        numbers.map((number) =>
          admin.mutate('resetPassword', { userID, password: `one of many words ${number}` }, 'user { id }'),
        ),
      );
      expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    });

    it('ends in good order', async () => {
      expect(await server.stop()).toBe(0);
      expect(server.output()).not.toMatch(/"level":"(warn|error|fatal)"/);
    });
  });
}

it.skipIf(!externalPostgresIsThere)('sets an empty database up once, whoever comes first', async () => {
  const env = { DATABASE_URL: await postgres.createDatabase(), LATCHKEY_SECRET: SECRET };
  const folder = temporaryFolder();
  const create = ['users', 'create', '--json', '--email', 'first@example.com'];
  const [one, other, command] = await Promise.all([
    startServer({ env }),
    startServer({ env }),
    runLatchkey(create, { ...env, LATCHKEY_DATA_DIR: folder }),
  ]);
  onTestFinished(async () => {
    await Promise.all([one.remove(), other.remove()]);
    removeFolder(folder);
  });
  expect([command.stderr, command.status]).toEqual(['', 0]);
  expect(await one.json(['doctor'])).toMatchObject({ ok: true });
  const { users } = await other.json<{ users: unknown[] }>(['users', 'list']);
  expect(users).toEqual([expect.objectContaining({ name: 'first@example.com' })]);
});

describe.skipIf(!externalPostgresIsThere)('a start on a database that cannot be used', () => {
  const folder = temporaryFolder();
  afterAll(() => removeFolder(folder));

  /** Tries to start, and returns what was said. */
  async function refusal(env: Record<string, string>): Promise<string> {
    const own = { LATCHKEY_SECRET: SECRET, LATCHKEY_DATA_DIR: folder, PORT: String(await freePort()) };
    const started = await runLatchkey(['start'], { ...own, ...env });
    expect([started.status, started.stdout]).toEqual([1, '']);
    expect(started.stderr).toMatch(/^latchkey: [^\n]+\n$/);
    for (const url of Object.values(env)) expect(started.stderr).not.toContain(new URL(url).password);
    return started.stderr;
  }

  const roleOf = (url: string): string => new URL(url).username;
  const nobodyAt = async (): Promise<string> =>
    `postgres://team:hunter2secret@127.0.0.1:${await freePort()}/team`;

  it('says that nothing answers, under the name of the setting that is wrong', async () => {
    const url = await postgres.createDatabase();
    expect(await refusal({ DATABASE_URL: await nobodyAt() })).toContain(
      'The database of DATABASE_URL does not answer',
    );
    expect(await refusal({ DATABASE_URL: url, DATABASE_DIRECT_URL: await nobodyAt() })).toContain(
      'The database of DATABASE_DIRECT_URL does not answer',
    );
  });

  it('says that the password is wrong, without it', async () => {
    const url = new URL(await postgres.createDatabase());
    url.password = 'hunter2secret';
    expect(await refusal({ DATABASE_URL: url.href })).toMatch(
      /DATABASE_URL .*password authentication failed/,
    );
  });

  it('says that PostgreSQL is too old, and which version it takes', async () => {
    const url = await postgres.createDatabase();
    const role = roleOf(url);
    const answer = "select case name when 'server_version_num' then '140009' else '14.9' end";
    await postgres.administer(role, 'create schema past');
    await postgres.administer(role, `grant usage on schema past to ${role}`);
    await postgres.administer(
      role,
      `create function past.current_setting(name text) returns text language sql as $$ ${answer} $$`,
    );
    await postgres.administer(role, `alter role ${role} set search_path = past, pg_catalog, public`);
    expect(await refusal({ DATABASE_URL: url })).toMatch(/PostgreSQL 14\.9 is too old: .*15 or later/);
  });

  it('says that the database cannot hold every letter', async () => {
    const url = await postgres.createDatabase("template template0 encoding 'SQL_ASCII'");
    expect(await refusal({ DATABASE_URL: url })).toMatch(/SQL_ASCII.*UTF8/);
  });

  it('says that the database takes no changes, as a replica does not', async () => {
    const url = await postgres.createDatabase();
    await postgres.administer('postgres', `alter role ${roleOf(url)} set default_transaction_read_only = on`);
    expect(await refusal({ DATABASE_URL: url })).toMatch(/DATABASE_URL .*read-only/);
  });

  it('says that a newer version has been here', async () => {
    const url = await postgres.createDatabase();
    const commands = { DATABASE_URL: url, LATCHKEY_SECRET: SECRET, LATCHKEY_DATA_DIR: folder };
    expect((await runLatchkey(['users', 'list'], commands)).status).toBe(0);
    await postgres.administer(
      roleOf(url),
      "insert into instance.migrations (name, timestamp) values ('2999010101-times-to-come', '')",
    );
    expect(await refusal({ DATABASE_URL: url })).toMatch(/newer Latchkey .*2999010101-times-to-come/);
  });

  it('says that the account may not make tables, and what gives it the right', async () => {
    const url = await postgres.createDatabase();
    const role = roleOf(url);
    await postgres.administer('postgres', `alter database ${role} owner to postgres`);
    expect(await refusal({ DATABASE_URL: url })).toContain(`alter database ${role} owner to ${role}`);
  });
});
