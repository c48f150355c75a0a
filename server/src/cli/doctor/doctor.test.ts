import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../../../tests/support/cli.ts';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { freePort } from '../../../../tests/support/server.ts';
import { migrations } from '../../migrations.ts';

const SECRET = 'a secret that only the tests of the doctor know';

let database: TestDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  database = await testDatabase();
  env = { DATABASE_URL: database.url, LATCHKEY_SECRET: SECRET };
});
afterAll(() => database.stop());

const doctor = async (more: Record<string, string> = {}) => {
  const { status, stdout, stderr } = await runCommand(['doctor', '--json'], { env: { ...env, ...more } });
  expect(stderr).toBe('');
  return { status, ...JSON.parse(stdout) };
};

test('all is well: each says what was found', async () => {
  const findings = await doctor();
  expect(findings).toEqual({
    status: 0,
    ok: true,
    settings: { ok: true, detail: 'http://localhost:4000' },
    database: { ok: true, detail: expect.stringMatching(/^PostgreSQL \d+\.\d+, of DATABASE_URL$/) },
    migrations: { ok: true, detail: expect.stringMatching(/^all \d+ applied$/) },
    smtp: { ok: true, detail: expect.stringContaining('built-in mailbox') },
  });
  const words = await runCommand(['doctor'], { env });
  expect(words.stdout).toMatch(/^ok {3}settings {4}http:\/\/localhost:4000\nok {3}database/);
});

test('a wrong setting is named, and nothing else is looked at', async () => {
  const findings = await doctor({ PORT: 'x' });
  expect([findings.status, findings.ok, findings.settings.ok]).toEqual([1, false, false]);
  expect(findings.settings.detail).toContain('PORT is "x"');
  expect(findings.database.detail).toContain('not checked');
  const words = await runCommand(['doctor'], { env: { ...env, PORT: 'x' } });
  expect([words.status, words.stdout.split('\n')[0]]).toEqual([1, expect.stringMatching(/^FIX {2}settings/)]);
});

test('a database that does not answer, without its password', async () => {
  const findings = await doctor({ DATABASE_URL: 'postgres://u:hunter2hunter2@127.0.0.1:1/db' });
  expect([findings.status, findings.settings.ok, findings.database.ok]).toEqual([1, true, false]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

const setUp = () => runCommand(['projects', 'list'], { env });
const OTHER = 'quite another secret of more than 32 bytes';

test('another secret than the one the database was set up with', async () => {
  await setUp();
  const findings = await doctor({ LATCHKEY_SECRET: OTHER });
  expect([findings.status, findings.database.ok, findings.settings.ok]).toEqual([1, true, false]);
  expect(findings.settings.detail).toContain('LATCHKEY_SECRET');
  expect(findings.settings.detail).not.toContain(OTHER);
});

test('a new secret before the one of the database: all is well, and only a start takes it over', async () => {
  await setUp();
  const created = ['clients', 'create', '--name', 'App', '--type', 'm2m', '--json'];
  const { clientID } = JSON.parse((await runCommand(created, { env })).stdout);
  const both = `${OTHER},${SECRET}`;
  expect(await doctor({ LATCHKEY_SECRET: both })).toMatchObject({ status: 0, settings: { ok: true } });
  expect(await doctor()).toMatchObject({ status: 0, settings: { ok: true } });

  const stored = database.database.acrossProjects.selectFrom('clients').where('id', '=', clientID);
  const { secret_sealed } = await stored.select('secret_sealed').executeTakeFirstOrThrow();
  await runCommand(['projects', 'list'], { env: { ...env, LATCHKEY_SECRET: both } });
  await database.database.acrossProjects
    .updateTable('clients')
    .set({ secret_sealed })
    .where('id', '=', clientID)
    .execute();
  const { status, settings } = await doctor({ LATCHKEY_SECRET: OTHER });
  expect([status, settings.ok]).toEqual([1, false]);
  expect(settings.detail).toContain('LATCHKEY_SECRET');
  expect(settings.detail).toContain(`the app ${clientID} of the project home`);
  expect(settings.detail).not.toContain(OTHER);

  await runCommand(['projects', 'list'], { env: { ...env, LATCHKEY_SECRET: `${SECRET},${OTHER}` } });
  expect(await doctor()).toMatchObject({ status: 0, settings: { ok: true } });
});

test('a database of a newer version, and one that is not up to date; neither is changed', async () => {
  const db = database.database.acrossProjects;
  const newer = '2999010101-later';
  await sql`insert into instance.migrations (name, timestamp) values (${newer}, '2999')`.execute(db);
  expect((await doctor()).migrations.detail).toContain(newer);
  await sql`delete from instance.migrations where name = ${newer}`.execute(db);

  const last = migrations.at(-1)?.name ?? '';
  const { rows } = await sql<{ timestamp: string }>`
    delete from instance.migrations where name = ${last} returning timestamp`.execute(db);
  const findings = await doctor();
  expect([findings.status, findings.migrations.ok]).toEqual([1, false]);
  expect(findings.migrations.detail).toContain(last);
  expect((await doctor()).migrations.detail).toContain(last);
  await sql`
    insert into instance.migrations (name, timestamp) values (${last}, ${rows[0]?.timestamp})`.execute(db);
  expect((await doctor()).migrations.ok).toBe(true);
});

test('a mail server that answers, one that does not, and none in production', async () => {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const answering = `smtp://127.0.0.1:${port}`;
  try {
    expect((await doctor({ SMTP_URL: answering })).smtp).toEqual({
      ok: true,
      detail: `127.0.0.1:${port} (SMTP_URL) answers`,
    });
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
  const silent = await doctor({ SMTP_URL: `smtp://u:hunter2hunter2@127.0.0.1:${port}` });
  expect([silent.status, silent.smtp.ok]).toEqual([1, false]);
  expect(silent.smtp.detail).toContain(`127.0.0.1:${port}`);
  expect(silent.smtp.detail).not.toContain('hunter2');
  const none = await doctor({ PUBLIC_ORIGIN: 'https://id.example' });
  expect([none.status, none.smtp.ok]).toEqual([1, false]);
  expect(none.smtp.detail).toContain('SMTP_URL');
});

test("a project's own mail server is looked at as well", async () => {
  const set = ['settings', 'set', 'messages.smtp_url', '-'];
  await runCommand(set, { env, input: 'smtp://u:hunter2hunter2@127.0.0.1:1' });
  const { smtp } = await doctor();
  expect(smtp.ok).toBe(false);
  expect(smtp.detail).toContain('127.0.0.1:1 (project home)');
  expect(smtp.detail).not.toContain('hunter2');
});
