import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { manualClock } from '../platform/clock.ts';
import { WrongSecretError } from '../platform/secret-rotation.ts';
import { createSecrets, type Secrets } from '../platform/secrets.ts';
import { createProjects, type Projects, resealSettings, resealSigningKeys } from './index.ts';
import { settingsStore } from './settings-store.ts';

const OLD = 'an-old-secret-of-at-least-32-bytes!!';
const NEW = 'a-new-secret-of-at-least-32-bytes!!!';
const [old, both, fresh] = [createSecrets(OLD), createSecrets(`${NEW},${OLD}`), createSecrets(NEW)];
const acting = { actor: { type: 'command_line' }, origin: {} } as const;
const URL_OF = { home: 'smtp://u:first@mail.example:587', acme: 'smtp://u:second@mail.example:587' };
const IDS = ['home', 'acme'] as const;

let test: TestDatabase;
beforeEach(async () => {
  test = await testDatabase();
});
afterEach(() => test.stop());

const projectsUnder = (secrets: Secrets): Projects =>
  createProjects({ database: test.database, clock: manualClock(), secrets, config: { port: 4000 } });

/** Everything sealed of two projects, as it opens. */
async function opened(secrets: Secrets) {
  const projects = projectsUnder(secrets);
  return Promise.all(
    IDS.map(async (id) => {
      const project = await projects.get(id);
      return {
        keys: await projects.signingKeys(project).jwks(),
        smtpURL: (await projects.settings(project)).messages.smtp_url,
      };
    }),
  );
}

async function setUp() {
  const projects = projectsUnder(old);
  await projects.ensureHome();
  await projects.create({ id: 'acme', name: 'Acme' }, acting);
  for (const id of IDS) {
    const project = await projects.get(id);
    await projects.signingKeys(project).ensure();
    await projects.setSetting(project, 'messages.smtp_url', URL_OF[id], acting);
    await projects.setSetting(project, 'passwords.min_length', 12, acting);
  }
}

async function rows(): Promise<Record<string, unknown>[][]> {
  const { acrossProjects } = test.database;
  return [
    await acrossProjects.selectFrom('signing_keys').selectAll().orderBy('id').execute(),
    await acrossProjects.selectFrom('settings').selectAll().orderBy('project_id').orderBy('key').execute(),
  ];
}

const reseal = (secrets: Secrets) =>
  test.database.kysely
    .transaction()
    .execute(async (tx) => [await resealSigningKeys(tx, secrets), await resealSettings(tx, secrets)]);

it('keys and settings of all projects stay what they are, and open under the new secret alone', async () => {
  await setUp();
  const before = await opened(old);
  expect(before.map(({ smtpURL }) => smtpURL)).toEqual([URL_OF.home, URL_OF.acme]);
  expect(await reseal(both)).toEqual([4, 2]);
  expect(await opened(fresh)).toEqual(before);
  await expect(opened(old)).rejects.toThrow(/LATCHKEY_SECRET/);
});

it('what is under the first secret already, or not sealed at all, is left as it is', async () => {
  await setUp();
  const before = await rows();
  expect(await reseal(createSecrets(`${OLD},${NEW}`))).toEqual([0, 0]);
  expect(await rows()).toEqual(before);
});

it('only the way things are sealed changes: no revision, no time of change, nothing in the audit log', async () => {
  await setUp();
  const aside = async () => [
    await projectsUnder(old).list(),
    await test.database.acrossProjects.selectFrom('audit_log').selectAll().orderBy('id').execute(),
    (await rows()).map((table) => table.map(({ private_sealed: _, value: __, ...row }) => row)),
  ];
  const before = await aside();
  await reseal(both);
  expect(await aside()).toEqual(before);
});

it('a setting that is being changed at the same moment has its new value afterwards', async () => {
  await setUp();
  const changed = 'smtp://u:third@mail.example:587';
  const key = 'messages.smtp_url';
  const sealed = old.seal(`setting:home:${key}`, JSON.stringify(changed));
  const waiting = sql<{ count: number }>`
    select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  let resealing: Promise<number[]> | undefined;
  await test.database.forProject('home').transaction(async (tx) => {
    await settingsStore(tx).put(key, { sealed }, manualClock().now());
    resealing = reseal(both);
    await expect.poll(async () => (await waiting.execute(test.database.kysely)).rows).toEqual([{ count: 1 }]);
  });
  expect(await resealing).toEqual([4, 2]);
  expect((await opened(fresh)).map(({ smtpURL }) => smtpURL)).toEqual([changed, URL_OF.acme]);
});

it('what does not open is named, and nothing is written', async () => {
  await setUp();
  const before = await rows();
  const refused = await reseal(fresh).catch((error: Error) => error);
  expect(refused).toBeInstanceOf(WrongSecretError);
  expect((refused as Error).message).toMatch(/the signing key [0-9a-f-]{36} of the project acme/);
  await expect(test.database.kysely.transaction().execute((tx) => resealSettings(tx, fresh))).rejects.toThrow(
    'the setting messages.smtp_url of the project acme',
  );
  expect(await rows()).toEqual(before);
});
