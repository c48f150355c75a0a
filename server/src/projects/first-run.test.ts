import { afterAll, beforeEach, expect, it } from 'vitest';
import { insertUserRow, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { type ManualClock, manualClock } from '../platform/clock.ts';
import { createSecrets } from '../platform/secrets.ts';
import { createProjects, HOME, type Projects } from './index.ts';

const HOUR_MS = 60 * 60 * 1_000;
const opened: TestDatabase[] = [];
let test: TestDatabase;
let clock: ManualClock;
let projects: Projects;

beforeEach(async () => {
  test = await testDatabase();
  opened.push(test);
  clock = manualClock();
  const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');
  projects = createProjects({ database: test.database, clock, secrets, config: { port: 4000 } });
  await projects.ensureHome();
});
afterAll(async () => {
  for (const each of opened) await each.stop();
});

const renewed = async (): Promise<string> => {
  const token = await projects.firstRun.renew();
  if (token === undefined) throw new Error('no token');
  return token;
};
const redeem = (token: string) =>
  projects.firstRun.redeem(token).then(
    () => 'redeemed',
    (error: { reason: string }) => error.reason,
  );

it('works once, however many come at the same moment', async () => {
  const token = await renewed();
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(token)));
  expect(answers.filter((answer) => answer === 'redeemed')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'FirstRunLinkInvalid')).toHaveLength(19);
});

it('is valid for one hour', async () => {
  const token = await renewed();
  clock.advance(HOUR_MS - 1);
  expect(await projects.firstRun.isValid(token)).toBe(true);
  clock.advance(1);
  expect(await projects.firstRun.isValid(token)).toBe(false);
  expect(await redeem(token)).toBe('FirstRunLinkInvalid');
});

it('is void once it is renewed', async () => {
  const [older, newer] = [await renewed(), await renewed()];
  expect(await redeem(older)).toBe('FirstRunLinkInvalid');
  expect(await redeem(newer)).toBe('redeemed');
});

it('is void once there is an owner, however that one came to be', async () => {
  const token = await renewed();
  const userID = await insertUserRow(test.database, HOME);
  const acting = { actor: { type: 'command_line' }, origin: {} } as const;
  await projects.collaborators.add({ projectID: HOME, userID, role: 'owner' }, acting);
  expect(await redeem(token)).toBe('FirstRunLinkInvalid');
  expect(await projects.firstRun.isNeeded()).toBe(false);
  expect(await projects.firstRun.renew()).toBeUndefined();
});

it('stands in the database only as a hash', async () => {
  const token = await renewed();
  const rows = await test.database.kysely.selectFrom('instance.first_run').selectAll().execute();
  expect(
    JSON.stringify(rows.map((row) => ({ ...row, token_hash: row.token_hash.toString('utf8') }))),
  ).not.toContain(token);
});
