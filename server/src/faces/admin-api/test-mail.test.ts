import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminApiBench, adminApiBench, expectError } from '../../../../tests/support/admin-api.ts';
import { startMailServer, type TestMailServer } from '../../../../tests/support/smtp.ts';
import type { Role } from '../../projects/index.ts';
import type { Operator } from './index.ts';

let bench: AdminApiBench;
let mail: TestMailServer;
const operators = {} as Record<Role, Operator>;

beforeAll(async () => {
  bench = await adminApiBench();
  mail = await startMailServer(0, { user: 'mailer', password: 'smtp-pass-93' });
  for (const role of ['viewer', 'editor', 'owner'] as const) {
    operators[role] = await bench.addOperator(`${role}@example.com`, 'home', role);
  }
});
afterAll(async () => {
  await bench.stop();
  await mail?.stop();
});

const TEST = 'mutation ($input: SendTestMailInput!) { sendTestMail(input: $input) { outcome reply } }';

type Change = { key: string; value: unknown };

const test = (to: string, changes?: Change[], by = operators.owner) =>
  bench.askAs(by, 'home', TEST, { input: { to, changes } });
const through = (url: string): Change[] => [{ key: 'messages.smtp_url', value: url }];
const withLogin = (login: string) => mail.url.replace('//', `//${login}@`);

async function tests(): Promise<unknown[]> {
  const { data } = await bench.ask(
    'home',
    '{ auditLogs(activityTypes: [MAIL_TESTED]) { edges { node { data } } } }',
  );
  return data.auditLogs.edges.map(({ node }: { node: { data: { actor: unknown } } }) => node.data);
}

describe('a test mail', () => {
  beforeEach(() => bench.clock.advance(60 * 60_000));

  it('goes out under settings that are not saved, which stay unsaved', async () => {
    const changes = [
      ...through(withLogin('mailer:smtp-pass-93')),
      { key: 'messages.sender_name', value: 'Acme' },
      { key: 'messages.sender_address', value: 'help@acme.example' },
    ];
    const before = await bench.projects.describeSettings(await bench.project('home'));
    const { data, errors } = await test(' Ada@example.com ', changes);
    expect(errors).toBeUndefined();
    expect(data.sendTestMail).toEqual({ outcome: 'SENT', reply: null });
    const { parsed, recipients } = await mail.next();
    expect(recipients).toEqual(['ada@example.com']);
    expect(parsed.from?.text).toBe('"Acme" <help@acme.example>');
    expect(parsed.subject).toBe('Test message from Latchkey');
    expect(await bench.projects.describeSettings(await bench.project('home'))).toEqual(before);
    expect((await tests())[0]).toEqual({
      actor: { type: 'operator', userID: operators.owner.userID },
      recipient: 'ada@example.com',
      server: new URL(mail.url).host,
      outcome: 'sent',
    });
  });

  it('that is refused tells the mail server’s own words, and no secret anywhere', async () => {
    const wrong = await test('ada@example.com', through(withLogin('mailer:smtp-pass-94')));
    expect(wrong.data.sendTestMail).toEqual({
      outcome: 'REFUSED',
      reply: '535 5.7.8 Authentication credentials invalid',
    });
    mail.refuse('550 5.1.1 no such user, not even with smtp-pass-93');
    const unknown = await test('ada@example.com', through(withLogin('mailer:smtp-pass-93')));
    expect(unknown.data.sendTestMail).toEqual({
      outcome: 'REFUSED',
      reply: '550 5.1.1 no such user, not even with [hidden]',
    });
    expect((await tests())[0]).toMatchObject({ outcome: 'refused', reply: expect.stringMatching(/^550 /) });
    const all = JSON.stringify([await bench.everything(), bench.logged, wrong, unknown]);
    expect(all).not.toMatch(/smtp-pass-9/);
  });

  it('over TLS that cannot be trusted says so', async () => {
    const url = `${mail.url}?requireTLS=true&tls.rejectUnauthorized=true`;
    expect((await test('ada@example.com', through(url))).data.sendTestMail.outcome).toBe('UNTRUSTED');
  });

  it('comes to the mailbox where no mail server is set', async () => {
    expect((await test('ada@example.com')).data.sendTestMail.outcome).toBe('KEPT');
    const rows = await bench
      .db('home')
      .kysely.selectFrom('messages')
      .select(['type', 'recipient'])
      .where('project_id', '=', 'home')
      .execute();
    expect(rows).toEqual([{ type: 'test', recipient: 'ada@example.com' }]);
  });

  it.each<[string, string, Change[], string]>([
    ['an address that is none', 'nobody', [], 'InvalidLoginID'],
    ['two addresses', 'ada@example.com, eve@evil.example', [], 'InvalidLoginID'],
    ['an address with a line break', 'ada@example.com\r\nBcc: eve@evil.example', [], 'InvalidLoginID'],
    ['a server that is none', 'ada@example.com', through('https://example.com'), 'InvalidSetting'],
    ['a setting that is none', 'ada@example.com', [{ key: 'messages.smtp', value: 1 }], 'UnknownSetting'],
  ])('is refused to %s', async (_, to, changes, reason) => {
    const before = await bench.everything();
    expectError(await test(to, changes), ['Invalid', reason]);
    expect(await bench.everything()).toBe(before);
  });

  it('is sent only so often', async () => {
    for (let sent = 0; sent < 20; sent += 1) await test('ada@example.com', through(mail.url));
    mail.arrived.length = 0;
    const answer = await test('ada@example.com', through(mail.url));
    expectError(answer, ['TooManyRequest', 'RateLimited']);
    expect(mail.arrived).toEqual([]);
  });

  it('is for owners alone', async () => {
    const before = await bench.everything();
    const changes = through(mail.url);
    for (const operator of [operators.viewer, operators.editor]) {
      expectError(await test('ada@example.com', changes, operator), ['Forbidden', 'RoleInsufficient']);
    }
    const byKey = await bench.ask('home', TEST, { input: { to: 'ada@example.com', changes } });
    expectError(byKey, ['Forbidden', 'OperatorRequired']);
    expect(await bench.everything()).toBe(before);
    expect(mail.arrived.filter(({ recipients }) => recipients[0] !== 'ada@example.com')).toEqual([]);
  });
});

describe('mailDelivery', () => {
  const DELIVERY = '{ mailDelivery { route senderName senderAddress } }';

  it('says where mails go and who they come from, to everybody who may look', async () => {
    const before = await bench.askAs(operators.viewer, 'shop', DELIVERY);
    expect(before.data.mailDelivery).toEqual({
      route: 'MAILBOX',
      senderName: 'Shop',
      senderAddress: 'no-reply@shop.localhost',
    });
    const shop = await bench.project('shop');
    const scene = { actor: { type: 'command_line' }, origin: {} } as const;
    await bench.projects.setSettings(
      shop,
      [
        { key: 'messages.smtp_url', value: mail.url },
        { key: 'messages.sender_name', value: 'The Shop' },
      ],
      scene,
    );
    const after = await bench.askAs(operators.viewer, 'shop', DELIVERY);
    expect(after.data.mailDelivery).toMatchObject({ route: 'PROJECT', senderName: 'The Shop' });
  });
});

describe('renameProject', () => {
  const RENAME = 'mutation ($name: String!) { renameProject(input: {name: $name}) { name } }';
  const rename = (name: string, by = operators.owner) => bench.askAs(by, 'home', RENAME, { name });

  it('gives a project another name, which is recorded and in force at once', async () => {
    expect((await rename(' Acme & Sons ')).data.renameProject).toEqual({ name: 'Acme & Sons' });
    expect(await bench.project('home')).toMatchObject({ id: 'home', name: 'Acme & Sons' });
    const { data } = await bench.ask(
      'home',
      '{ auditLogs(activityTypes: [PROJECT_RENAMED]) { edges { node { data } } } }',
    );
    expect(data.auditLogs.edges).toMatchObject([{ node: { data: { from: 'Latchkey', to: 'Acme & Sons' } } }]);
  });

  it.each(['', '  ', 'a\nb', 'a\0b', 'half\ud800', 'x'.repeat(101)])('refuses %j', async (name) => {
    const before = await bench.everything();
    expectError(await rename(name), ['Invalid', 'InvalidProject', /name/]);
    expect(await bench.everything()).toBe(before);
  });

  it('is for owners alone', async () => {
    expectError(await rename('Ours', operators.editor), ['Forbidden', 'RoleInsufficient']);
    expectError(await bench.ask('home', RENAME, { name: 'Ours' }), ['Forbidden', 'OperatorRequired']);
  });
});

it('checkPassword tries a password under a policy that is not saved', async () => {
  const CHECK = 'query ($input: CheckPasswordInput!) { checkPassword(input: $input) { causes { name } } }';
  const check = async (changes: Change[]) =>
    bench.askAs(operators.viewer, 'home', CHECK, { input: { password: 'walnut orbit', changes } });
  expect((await check([])).data.checkPassword.causes).toEqual([]);
  const strict = await check([
    { key: 'passwords.digit_required', value: true },
    { key: 'passwords.excluded_keywords', value: ['orbit'] },
  ]);
  expect(strict.data.checkPassword.causes).toEqual([
    { name: 'PasswordDigitRequired' },
    { name: 'PasswordContainingExcludedKeywords' },
  ]);
  expectError(await check([{ key: 'passwords.min_length', value: 0 }]), ['Invalid', 'InvalidSetting']);
});
