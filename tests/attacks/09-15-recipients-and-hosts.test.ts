import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_API, mutation } from '../support/admin-client.ts';
import { CALLBACK, type CodeClient, codeClient } from '../support/code-client.ts';
import { passwordIn } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import type { ArrivedMail } from '../support/smtp.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import { sendRaw } from '../support/wire.ts';

const RESET = mutation('resetPassword', 'user { id }');
const EVIL = 'evil.example';
/** Not our proxy. */
const STRANGER = '127.0.0.2';

let stage: Stage;
let client: CodeClient;
let mailTo: (recipient: string) => Promise<ArrivedMail>;
let ada: StageUser;
let bob: StageUser;

beforeAll(async () => {
  stage = await startStage({ TRUSTED_PROXIES: '127.0.0.1/32' });
  client = await codeClient(stage.server);
  mailTo = mailReader(stage.mail);
  ada = await stage.addUser('ada@example.com');
  bob = await stage.addUser('bob@example.com');
});
afterAll(() => stage?.stop());

/** Everybody a mail was handed over for so far. */
const recipients = () => stage.mail.arrived.flatMap((mail) => mail.recipients);

const reset = (input: Record<string, unknown>) => ({
  body: JSON.stringify({
    query: RESET,
    variables: { input: { userID: ada.id, sendPassword: true, ...input } },
  }),
});

const createUser = (value: unknown, key = 'email') =>
  stage.admin.ask(mutation('createUser', 'user { id }'), {
    input: { definition: { loginID: { key, value } }, password: '', sendPassword: true },
  });

describe('9 GitLab CVE-2023-7028: of two addresses in an array the unverified one got the mail too', () => {
  it.each([
    [['ada@example.com', 'mallory@evil.example']],
    [[['ada@example.com', 'mallory@evil.example']]],
    [{ 0: 'ada@example.com', 1: 'mallory@evil.example' }],
    ['ada@example.com,mallory@evil.example'],
    ['ada@example.com;mallory@evil.example'],
    ['ada@example.com mallory@evil.example'],
    ['ada@example.com\r\nBcc: mallory@evil.example'],
    ['ada@example.com>\r\nRCPT TO:<mallory@evil.example'],
    ['ada@example.com\0mallory@evil.example'],
    ['<mallory@evil.example>'],
    ['Ada <mallory@evil.example>'],
    ['ada@example.com@evil.example'],
    ['"ada@example.com"@evil.example'],
    ['ada%evil.example@example.com,x'],
  ])('%j is no address, and nobody gets a mail', async (value) => {
    const mails = recipients();
    const { errors } = await stage.unchanged(() => createUser(value));
    expect(['InvalidLoginID', 'GraphQLValidationFailed']).toContain(errors?.[0]?.extensions.reason);
    expect(recipients()).toEqual(mails);
  });

  it('a login names one login id: two are refused, in a form and over the API', async () => {
    const browser = await stage.visitor();
    const page = await stage.settings(browser);
    const cookies = await browser.cookies();
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
    const fields = new URLSearchParams({
      ...page.forms[0]?.fields,
      login_id: 'ada@example.com',
      password: 'x',
    });
    fields.append('login_id', 'mallory@evil.example');
    const answer = await sendRaw(stage.server.port, {
      method: 'POST',
      path: page.url.pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookie.join('; ') },
      body: fields.toString(),
    });
    expect(answer.status).toBe(400);
    const query =
      'query ($value: String!) { getUserByLoginID(loginIDKey: "email", loginIDValue: $value) { id } }';
    const { errors } = await stage.admin.ask(query, { value: ['ada@example.com', 'mallory@evil.example'] });
    expect(errors?.[0]?.extensions.reason).toBe('GraphQLValidationFailed');
  });
});

/** Finds a user by an e-mail address over the API. */
async function findByEmail(value: string): Promise<string | undefined> {
  const query =
    'query ($value: String!) { getUserByLoginID(loginIDKey: "email", loginIDValue: $value) { id } }';
  const { data } = await stage.admin.ask(query, { value });
  return data?.getUserByLoginID?.id;
}

async function signsIn(loginID: string, password: string): Promise<boolean> {
  const browser = await stage.visitor();
  return (await browser.signIn(await stage.settings(browser), loginID, password)).heading === 'Your account';
}

describe.each([
  [
    '10 Django CVE-2019-19844: case folding matched another account, and the mail went to the address that was typed',
    [
      ['mike@example.org', 'mıke@example.org'],
      ['sam@example.org', 'ſam@example.org'],
      ['strasse@example.org', 'straße@example.org'],
      ['mia@example.org', 'mia@ехample.org'],
      ['fiona@example.org', 'ﬁona@example.org'],
      ['ivy@example.org', 'i\u0307vy@example.org'],
    ],
  ],
  [
    '11 Directus CVE-2024-27295: addresses matched without their accents',
    [
      ['jose@example.org', 'josé@example.org'],
      ['zoe@example.org', 'zoë@example.org'],
      ['lukasz@example.org', 'łukasz@example.org'],
      ['anne@example.org', 'anne@éxample.org'],
    ],
  ],
])('%s', (_, pairs) => {
  it.each(pairs)('%s is another address than %s', async (theirs, lookalike) => {
    const victim = await stage.addUser(theirs);
    expect(await findByEmail(lookalike)).toBeUndefined();
    expect(await signsIn(lookalike, STAGE_PASSWORD)).toBe(false);
    const made = await stage.admin.ask(mutation('createUser', 'user { id }'), {
      input: { definition: { loginID: { key: 'email', value: lookalike } }, password: 'another one 2026!' },
    });
    const reason = made.errors?.[0]?.extensions.reason;
    expect([undefined, 'InvalidLoginID']).toContain(reason);
    if (!reason) {
      expect(await findByEmail(lookalike)).toBe(made.data.createUser.user.id);
      expect(await signsIn(lookalike, STAGE_PASSWORD)).toBe(false);
      expect(await signsIn(lookalike, 'another one 2026!')).toBe(true);
    }
    expect(await findByEmail(theirs)).toBe(victim.id);
    expect(await signsIn(theirs, 'another one 2026!')).toBe(false);
    expect(await signsIn(theirs.toUpperCase(), STAGE_PASSWORD)).toBe(true);
  });
});

it.each(['mıke@example.org', 'josé@example.org'])(
  '10 and 11: a reset on the command line does not take %s for a lookalike',
  async (lookalike) => {
    await stage.addUser(`x${lookalike}`);
    const args = [
      'users',
      'reset-password',
      `x${lookalike
        .normalize('NFD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .replace('ı', 'i')}`,
    ];
    const refused = await stage.unchanged(() =>
      stage.server.latchkey([...args, '--generate', '--send', '--json']),
    );
    expect([refused.status, JSON.parse(refused.stderr).error.reason]).toEqual([1, 'UserNotFound']);
  },
);

it('10: the mail goes to the address that is stored, however it was typed', async () => {
  await stage.addUser('Nora@example.org');
  const typed = ['users', 'reset-password', 'nORA@eXAMPLE.ORG', '--generate', '--send'];
  const { password } = await stage.server.json<{ password: string }>(typed);
  const mail = await mailTo('Nora@example.org');
  expect([mail.recipients, passwordIn(mail)]).toEqual([['Nora@example.org'], password]);
});

describe('12 LogixFast CVE-2026-113616: the code went to an address that the request named', () => {
  it.each(['email', 'to', 'recipient', 'recipients', 'target', 'address', 'emailAddresses', 'loginID'])(
    'a reset takes no "%s"',
    async (name) => {
      const mails = recipients();
      for (const value of ['mallory@evil.example', ['mallory@evil.example']]) {
        const answer = await stage.unchanged(() => stage.admin.send(reset({ [name]: value })));
        expect(answer.json().errors[0].extensions.reason).toBe('GraphQLValidationFailed');
      }
      expect(recipients()).toEqual(mails);
    },
  );

  it('a name beside the input changes nothing about where the mail goes', async () => {
    const query = {
      query: RESET,
      variables: { input: { userID: ada.id, sendPassword: true }, email: 'm@evil.example' },
    };
    const headers = { 'x-email': 'm@evil.example', 'reply-to': 'm@evil.example', to: 'm@evil.example' };
    await stage.admin.send({
      path: `${ADMIN_API}?email=m@evil.example`,
      headers,
      body: JSON.stringify(query),
    });
    const mail = await mailTo('ada@example.com');
    expect(mail.recipients).toEqual(['ada@example.com']);
    expect(mail.raw).not.toContain('evil.example');
  });
});

/** Every address in a mail, wherever it stands. */
function linksIn({ parsed }: ArrivedMail): string[] {
  const { html, text = '' } = parsed;
  const links = `${text}\n${html || ''}`.match(/https?:\/\/[^\s"'<>)]+/g) ?? [];
  return links
    .map((link) => link.replace(/\.$/, ''))
    .filter((link) => !link.startsWith('http://www.w3.org/'));
}

function expectOurs(mail: ArrivedMail): void {
  const links = linksIn(mail);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(new URL(link).origin).toBe(stage.server.origin);
  expect(mail.raw).not.toContain(EVIL);
  expect(mail.parsed.from?.value[0]?.address).toMatch(/@localhost$/);
  expect(mail.parsed.messageId).not.toContain(EVIL);
}

describe('13 Zitadel GHSA-2wmj-46rj-qm2w, CVE-2025-64101, CVE-2026-29067: forwarding headers chose the host of the link', () => {
  const ANYBODYS: [string, Record<string, string>][] = [
    ['X-Forwarded-Proto and the like', { 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/evil' }],
    [
      'X-Original-Host and the like',
      { 'x-original-host': EVIL, 'x-host': EVIL, 'x-original-url': `//${EVIL}/` },
    ],
    ['Origin and Referer', { origin: `https://${EVIL}`, referer: `https://${EVIL}/` }],
  ];
  const OURS: [string, Record<string, string>][] = [
    ['Forwarded', { forwarded: `for=192.0.2.1;host=${EVIL};proto=https` }],
    ['X-Forwarded-Host', { 'x-forwarded-host': EVIL, 'x-forwarded-server': EVIL }],
  ];

  it.each([...ANYBODYS, ...OURS])('%s of a stranger', async (_, headers) => {
    const answer = await stage.admin.send({ ...reset({}), headers, from: STRANGER });
    expect(answer.json().errors).toBeUndefined();
    expectOurs(await mailTo('ada@example.com'));
    const page = await sendRaw(stage.server.port, { path: '/settings', headers, from: STRANGER });
    expect(new URL(page.headers.location ?? '').origin).toBe(stage.server.origin);
  });

  it.each(ANYBODYS)('%s of our own proxy', async (_, headers) => {
    const answer = await stage.admin.send({ ...reset({}), headers });
    expect(answer.json().errors).toBeUndefined();
    expectOurs(await mailTo('ada@example.com'));
  });

  it.each(OURS)('%s of our own proxy: a host that is not ours is refused', async (_, headers) => {
    const answer = await stage.unchanged(() => stage.admin.send({ ...reset({}), headers }));
    expect(answer.status).toBe(421);
  });

  it('two hosts at once are refused', async () => {
    const headers = { 'x-forwarded-host': `localhost:${stage.server.port}, ${EVIL}` };
    expect((await stage.unchanged(() => stage.admin.send({ ...reset({}), headers }))).status).toBe(400);
  });
});

describe('14 WordPress CVE-2017-8295: the Host header chose the sender', () => {
  it.each(['127.0.0.1', '[::1]', 'LOCALHOST', 'localhost:1'])(
    'asked under %s, the mail is from where it always is',
    async (host) => {
      const usual = (await stage.admin.send(reset({}))).status;
      const before = await mailTo('ada@example.com');
      expect((await stage.admin.send({ ...reset({}), headers: { host } })).status).toBe(usual);
      const mail = await mailTo('ada@example.com');
      expectOurs(mail);
      expect(mail.parsed.from).toEqual(before.parsed.from);
      expect(linksIn(mail)).toEqual(linksIn(before));
    },
  );

  it.each([EVIL, `localhost.${EVIL}`, `localhost@${EVIL}`])('asked under %s, there is none', async (host) => {
    const answer = await stage.unchanged(() => stage.admin.send({ ...reset({}), headers: { host } }));
    expect([400, 421]).toContain(answer.status);
  });
});

describe('15 better-auth CVE-2025-71403, #9990: a bypass of the trusted origins leaked tokens; links had the first host', () => {
  it.each([
    'https://app.example.evil.example/callback',
    'https://app.example@evil.example/callback',
    'https://evil.example/https://app.example/callback',
    'https://app.example/callback/../../evil',
    'https://app.example/callback%2f..%2fevil',
    'https://app.example/callback?next=https://evil.example',
    'https://app.example/callback#https://evil.example',
    'https://app.example:8443/callback',
    'https://APP.example/callback',
    'http://app.example/callback',
    'https://app.example//evil.example/callback',
    'https://app.example\\@evil.example/callback',
    '//app.example/callback',
    'https://app.example/callbac',
    'https://*.example/callback',
  ])('the code goes to no %s', async (address) => {
    const browser = await stage.signedIn(bob);
    const page = await browser.open(client.address({ redirect_uri: address }));
    expect([page.status, page.url.origin, page.heading]).toEqual([
      400,
      stage.server.origin,
      'This link does not work',
    ]);
    const code = await client.authorize(await stage.visitor(), bob.loginID, bob.password);
    const refused = await client.redeem(code, { redirect_uri: address });
    expect([refused.status, refused.json().error]).toEqual([400, 'invalid_grant']);
  });

  it.each(['https://evil.example/', `${CALLBACK}.evil.example`, CALLBACK])(
    'after a logout the browser goes to no %s that is not registered for it',
    async (address) => {
      const browser = await stage.signedIn(bob);
      const query = new URLSearchParams({ client_id: client.clientID, post_logout_redirect_uri: address });
      const page = await browser.open(`${stage.server.origin}/oauth2/end_session?${query}`);
      expect([page.status, page.url.origin]).toEqual([400, stage.server.origin]);
    },
  );

  it('what was asked first, and under which name, shows in no address afterwards', async () => {
    const alias = `127.0.0.1:${stage.server.port}`;
    await stage.server.stop();
    await stage.server.start();
    const first = await stage.admin.send({ ...reset({}), headers: { host: alias } });
    expect(first.status).toBe(200);
    expectOurs(await mailTo('ada@example.com'));
    for (const host of [alias, `localhost:${stage.server.port}`]) {
      const asked = { path: '/.well-known/openid-configuration', headers: { host } };
      const answer = (await sendRaw(stage.server.port, asked)).json();
      expect([answer.issuer, answer.jwks_uri]).toEqual([
        stage.server.origin,
        `${stage.server.origin}/oauth2/jwks`,
      ]);
    }
  });
});
