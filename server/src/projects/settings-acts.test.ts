import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { type Acting, listAudit } from '../audit/index.ts';
import { manualClock } from '../platform/clock.ts';
import { createSecrets } from '../platform/secrets.ts';
import { createProjects, type Project, type Projects, settingFromText } from './index.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: {} };
let test: TestDatabase;
let projects: Projects;
let home: Project;

beforeAll(async () => {
  test = await testDatabase();
  const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');
  projects = createProjects({
    database: test.database,
    clock: manualClock(),
    secrets,
    config: { port: 4000 },
  });
  home = await projects.ensureHome();
});
afterAll(() => test.stop());

const set = (key: string, value: unknown) => projects.setSetting(home, key, value, acting);

describe('a setting', () => {
  it('has its default until it is set, and again once it is unset', async () => {
    const length = async () => (await projects.settings(await projects.get('home'))).passwords.min_length;
    expect(await length()).toBe(8);
    await set('passwords.min_length', 15);
    expect(await length()).toBe(15);
    await set('passwords.min_length', undefined);
    expect(await length()).toBe(8);
  });

  it.each([
    ['passwords.min_length', 0],
    ['passwords.min_length', 129],
    ['passwords.min_length', '12'],
    ['passwords.minimum_guessable_level', 6],
    ['passwords.excluded_keywords', ['']],
    ['branding.primary_color', 'red'],
    ['branding.logo_url', 'http://example.com/logo.png'],
    ['messages.sender_name', 'Bad\r\nBcc: everybody@example.com'],
    ['messages.smtp_url', 'https://example.com'],
    ['login.identity_types', []],
  ])('refuses %s = %j and names it', async (key, value) => {
    const before = await projects.describeSettings(home);
    await expect(set(key, value)).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'InvalidSetting',
      message: expect.stringContaining(key),
    });
    expect(await projects.describeSettings(home)).toEqual(before);
  });

  it('that does not exist is refused with those that come near', async () => {
    await expect(set('passwords.minlength', 9)).rejects.toMatchObject({
      reason: 'UnknownSetting',
      info: { near: expect.arrayContaining(['passwords.min_length']) },
    });
  });

  it('is recorded in the audit log with what it was before', async () => {
    await set('passwords.digit_required', true);
    const { items } = await listAudit(
      test.database.forProject('home'),
      { activityTypes: ['SETTING_CHANGED'] },
      { limit: 1 },
    );
    expect(items[0]?.data).toEqual({ key: 'passwords.digit_required', from: null, to: true });
  });
});

it('keeps the password of a mail server sealed, redacted and out of the audit log', async () => {
  const secret = 'smtp-pass-93';
  await set('messages.smtp_url', `smtp://mailer:${secret}@mail.example.com:587`);
  expect((await projects.settings(await projects.get('home'))).messages.smtp_url).toContain(secret);
  const shown = await projects.describeSettings(home);
  expect(shown['messages.smtp_url']).toBe('smtp://***@mail.example.com:587');
  const stored = await test.database.acrossProjects.selectFrom('settings').selectAll().execute();
  const recorded = await test.database.acrossProjects.selectFrom('audit_log').selectAll().execute();
  expect(JSON.stringify([stored, recorded])).not.toContain(secret);
});

describe('a value from a command line', () => {
  it.each([
    ['passwords.min_length', '12', 12],
    ['passwords.digit_required', 'true', true],
    ['passwords.excluded_keywords', 'acme, road runner', ['acme', 'road runner']],
    ['passwords.excluded_keywords', '["a,b"]', ['a,b']],
    ['branding.primary_color', '#112233', '#112233'],
    ['branding.primary_color', 'null', null],
    ['messages.sender_name', '42', '42'],
  ])('for %s, %j is read as %j', (key, text, value) => expect(settingFromText(key, text)).toEqual(value));

  it('that fits no way is refused as what it looks like', () => {
    expect(() => settingFromText('passwords.min_length', 'many')).toThrow(/passwords\.min_length/);
  });
});
