import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminApiBench, adminApiBench, expectError } from '../../../../tests/support/admin-api.ts';
import type { Role } from '../../projects/index.ts';
import type { Operator } from './index.ts';

const SMTP = 'smtp://mailer:smtp-pass-93@mail.example.com:2525?requireTLS=false&token=hush';

let bench: AdminApiBench;
const operators = {} as Record<Role, Operator>;

beforeAll(async () => {
  bench = await adminApiBench();
  for (const role of ['viewer', 'editor', 'owner'] as const) {
    operators[role] = await bench.addOperator(`${role}@example.com`, 'home', role);
  }
});
afterAll(() => bench.stop());
beforeEach(async () => {
  const passwordProvedAt = bench.clock.now();
  operators.owner = { ...operators.owner, passwordProvedAt };
  const all = await bench.projects.listSettings(await bench.project('home'));
  const changes = all.map(({ key }) => ({ key, value: undefined }));
  await bench.projects.setSettings(await bench.project('home'), changes, {
    actor: { type: 'command_line' },
    origin: {},
  });
});

const GET =
  'query ($keys: [String!]) { settings(keys: $keys) { key value defaultValue isDefault isSecret } }';
const SET =
  'mutation ($input: SetSettingsInput!) { setSettings(input: $input) { settings { key value isDefault } } }';

type Change = { key: string; value?: unknown; reset?: boolean };

const get = (keys: string[], by: Operator = operators.viewer) => bench.askAs(by, 'home', GET, { keys });
const set = (changes: Change[], by: Operator = operators.owner, projectID = 'home') =>
  bench.askAs(by, projectID, SET, { input: { changes } });

describe('settings', () => {
  it('are read by a viewer and by a key, each with what it is for', async () => {
    const query = '{ settings { key description } }';
    for (const answer of [
      await bench.askAs(operators.viewer, 'home', query),
      await bench.ask('home', query),
    ]) {
      expect(answer.errors).toBeUndefined();
      expect(answer.data.settings).toContainEqual({
        key: 'passwords.min_length',
        description: 'the least number of characters, 1 to 128',
      });
    }
  });

  it('are read by key, in the order asked for', async () => {
    const { data } = await get(['login.identity_types', 'passwords.min_length']);
    expect(data.settings).toEqual([
      {
        key: 'login.identity_types',
        value: ['email', 'phone', 'username'],
        defaultValue: ['email', 'phone', 'username'],
        isDefault: true,
        isSecret: false,
      },
      { key: 'passwords.min_length', value: 8, defaultValue: 8, isDefault: true, isSecret: false },
    ]);
  });

  it('that are not there are refused', async () => {
    expectError(await get(['passwords.minlength']), ['Invalid', 'UnknownSetting', /min_length/]);
    expectError(await get(['\0']), ['Invalid', 'UnknownSetting']);
    expectError(await get(Array(101).fill('passwords.min_length')), ['Invalid', 'TooManySettings']);
  });

  it('never tell a secret', async () => {
    const answer = await set([{ key: 'messages.smtp_url', value: SMTP }]);
    expect(answer.data.setSettings.settings).toEqual([
      {
        key: 'messages.smtp_url',
        value: 'smtp://***@mail.example.com:2525?requireTLS=false',
        isDefault: false,
      },
    ]);
    const everybodys = [
      answer,
      await get(['messages.smtp_url'], operators.owner),
      await bench.ask('home', '{ settings { value defaultValue } auditLogs { edges { node { data } } } }'),
    ];
    const all = JSON.stringify([everybodys, await bench.everything(), bench.logged]);
    for (const secret of ['smtp-pass-93', 'mailer', 'hush']) expect(all).not.toContain(secret);
    const home = await bench.projects.settings(await bench.project('home'));
    expect(home.messages.smtp_url).toBe(SMTP);
  });
});

describe('setSettings', () => {
  it('changes several at once, each recorded, and answers what they are now', async () => {
    const answer = await set([
      { key: 'passwords.min_length', value: 15 },
      { key: 'passwords.excluded_keywords', value: ['acme', ' road runner '] },
      { key: 'messages.sender_name', value: null },
      { key: 'passwords.digit_required', value: false },
    ]);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.setSettings.settings).toEqual([
      { key: 'passwords.min_length', value: 15, isDefault: false },
      { key: 'passwords.digit_required', value: false, isDefault: false },
      { key: 'passwords.excluded_keywords', value: ['acme', 'road runner'], isDefault: false },
      { key: 'messages.sender_name', value: null, isDefault: false },
    ]);
    const { data } = await bench.ask(
      'home',
      '{ auditLogs(activityTypes: [SETTING_CHANGED], first: 4) { edges { node { data } } } }',
    );
    expect(data.auditLogs.edges.map(({ node }: { node: { data: unknown } }) => node.data)).toContainEqual({
      actor: { type: 'operator', userID: operators.owner.userID },
      key: 'passwords.min_length',
      from: null,
      to: 15,
    });
  });

  it('brings a default back, and records nothing where nothing changes', async () => {
    await set([{ key: 'passwords.min_length', value: 15 }]);
    const reset = await set([{ key: 'passwords.min_length', reset: true }]);
    expect(reset.data.setSettings.settings).toEqual([
      { key: 'passwords.min_length', value: 8, isDefault: true },
    ]);
    const count = async () =>
      (await bench.ask('home', '{ auditLogs(activityTypes: [SETTING_CHANGED]) { totalCount } }')).data
        .auditLogs.totalCount;
    const before = await count();
    await set([{ key: 'passwords.min_length', reset: true }]);
    expect(await count()).toBe(before);
  });

  it('is in force at the next request', async () => {
    await set([{ key: 'passwords.min_length', value: 15 }]);
    const { data } = await bench.ask('home', '{ passwordPolicy { minLength } }');
    expect(data.passwordPolicy.minLength).toBe(15);
  });

  it('takes values that stand in the document itself', async () => {
    const answer = await bench.askAs(
      operators.owner,
      'home',
      `mutation { setSettings(input: {changes: [
        {key: "login.identity_types", value: ["email"]}, {key: "passwords.min_length", value: 9},
        {key: "passwords.digit_required", value: true}, {key: "branding.primary_color", value: null}
      ]}) { settings { value } } }`,
    );
    expect(answer.data.setSettings.settings.map(({ value }: { value: unknown }) => value)).toEqual([
      9,
      true,
      ['email'],
      null,
    ]);
  });

  it('tells everything that is wrong, names each key, and changes nothing', async () => {
    const before = await bench.everything();
    const answer = await set([
      { key: 'passwords.digit_required', value: true },
      { key: 'passwords.min_length', value: 0 },
      { key: 'branding.primary_color', value: 'red' },
    ]);
    expectError(answer, ['Invalid', 'InvalidSetting', /passwords\.min_length.*branding\.primary_color/]);
    expect(answer.errors?.[0]?.extensions.info).toEqual({
      key: 'passwords.min_length',
      problems: [
        { key: 'passwords.min_length', message: expect.stringContaining('1 to 128') },
        { key: 'branding.primary_color', message: expect.stringContaining('give a color as #rrggbb') },
      ],
    });
    expect(await bench.everything()).toBe(before);
  });

  it.each<[string, Change[], string]>([
    ['an unknown key', [{ key: 'passwords.minlength', value: 9 }], 'UnknownSetting'],
    ['a key of the prototype', [{ key: '__proto__', value: 9 }], 'UnknownSetting'],
    ['a number as text', [{ key: 'passwords.min_length', value: '9' }], 'InvalidSetting'],
    ['a fraction', [{ key: 'passwords.min_length', value: 9.5 }], 'InvalidSetting'],
    ['null where it is none', [{ key: 'passwords.min_length', value: null }], 'InvalidSetting'],
    ['an object', [{ key: 'passwords.excluded_keywords', value: { 0: 'x' } }], 'InvalidSetting'],
    ['NUL', [{ key: 'passwords.excluded_keywords', value: ['a\0b'] }], 'InvalidSetting'],
    ['half a character', [{ key: 'passwords.excluded_keywords', value: ['a\ud800'] }], 'InvalidSetting'],
    ['NUL in an address', [{ key: 'branding.logo_url', value: 'https://example.com/\0' }], 'InvalidSetting'],
    ['no value', [{ key: 'passwords.min_length' }], 'InvalidSettingChange'],
    ['a value and a reset', [{ key: 'passwords.min_length', value: 9, reset: true }], 'InvalidSettingChange'],
    [
      'the same key twice',
      [
        { key: 'passwords.min_length', value: 9 },
        { key: 'passwords.min_length', value: 10 },
      ],
      'InvalidSetting',
    ],
    ['too many', Array(101).fill({ key: 'passwords.min_length', value: 9 }), 'TooManySettings'],
  ])('refuses %s, and changes nothing', async (_, changes, reason) => {
    const before = await bench.everything();
    expectError(await set([{ key: 'passwords.digit_required', value: true }, ...changes]), [
      'Invalid',
      reason,
    ]);
    expect(await bench.everything()).toBe(before);
  });

  it('is for owners alone', async () => {
    const changes = [{ key: 'passwords.min_length', value: 9 }];
    const before = await bench.everything();
    expectError(await set(changes, operators.viewer), ['Forbidden', 'RoleInsufficient']);
    expectError(await set(changes, operators.editor), ['Forbidden', 'RoleInsufficient']);
    const byKey = await bench.ask('home', SET, { input: { changes } });
    expectError(byKey, ['Forbidden', 'OperatorRequired']);
    expect(await bench.everything()).toBe(before);
  });

  it('of the home project’s mail server wants the password to be proved a moment ago', async () => {
    const long = { ...operators.owner, passwordProvedAt: undefined };
    const changes = [{ key: 'messages.smtp_url', value: SMTP }];
    expectError(await set(changes, long), ['Forbidden', 'ReauthenticationRequired']);
    expect((await set([{ key: 'messages.sender_name', value: 'Acme' }], long)).errors).toBeUndefined();
    expect((await set(changes, long, 'shop')).errors).toBeUndefined();
  });

  it('changes one project and no other', async () => {
    await set([{ key: 'passwords.min_length', value: 21 }], operators.owner, 'shop');
    expect((await get(['passwords.min_length'])).data.settings[0].value).toBe(8);
  });
});
