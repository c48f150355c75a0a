import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation } from '../support/admin-client.ts';
import { type CodeClient, codeClient } from '../support/code-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { Visitor } from '../support/visitor.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const CHOSEN = 'my very own passphrase 1';
const EVIL = 'https://evil.example';

let stage: Stage;
let client: CodeClient;
let ada: StageUser;

beforeAll(async () => {
  stage = await startStage();
  client = await codeClient(stage.server);
  ada = await stage.addUser('ada@example.com');
});
afterAll(() => stage?.stop());

const cookieOf = async (browser: Visitor): Promise<string> =>
  Object.entries(await browser.cookies())
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

describe('24 Grafana CVE-2022-39307, Logto #8663, #8737, #8780: the answer or its time told who has an account', () => {
  interface Attempt {
    answer: WireAnswer;
    statements: string[];
  }

  /** Sends a login, from a browser that has just opened the page, and writes down what the database was asked. */
  async function attempt(loginID: string, password: string): Promise<Attempt> {
    const browser = await stage.visitor();
    const page = await stage.settings(browser);
    const cookie = await cookieOf(browser);
    let answer: WireAnswer | undefined;
    const statements = await stage.statements(async () => {
      answer = await sendRaw(stage.server.port, {
        method: 'POST',
        path: page.url.pathname,
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie },
        body: new URLSearchParams({
          csrf: page.forms[0]?.fields.csrf ?? '',
          login_id: loginID,
          password,
        }).toString(),
      });
    });
    if (!answer) throw new Error('no answer');
    const text = answer.text
      .replaceAll(loginID, '{login id}')
      .replaceAll(page.url.pathname, '{address}')
      .replaceAll(/name="csrf" value="[^"]+"/g, 'name="csrf"');
    const { date: _date, ...headers } = answer.headers;
    return { answer: { ...answer, text, headers }, statements };
  }

  const seen = ({ answer: { status, headers, text }, statements }: Attempt) => ({
    status,
    headers,
    text,
    statements,
  });

  it.each([
    ['e-mail addresses', 'known@example.com', 'noone@example.com', 'empty@example.com'],
    ['phone numbers', '+491701234567', '+491707654321', '+491701111111'],
    ['usernames', 'known-one', 'noone-one', 'empty-one'],
  ])(
    'of %s: a wrong password, nobody, and nobody with a password look alike',
    async (_, known, unknown, empty) => {
      await stage.addUser(known);
      await stage.addUser(empty, { password: '' });
      await attempt(known, 'wrong password');
      const wrong = seen(await attempt(known, 'wrong password'));
      expect(wrong.status).toBe(401);
      expect(wrong.text).toContain('This combination is not right.');
      expect(wrong.headers['set-cookie']).toBeUndefined();
      expect(wrong.statements.length).toBeGreaterThan(3);
      for (const loginID of [unknown, empty]) {
        for (const password of ['wrong password', STAGE_PASSWORD]) {
          expect(seen(await attempt(loginID, password))).toEqual(wrong);
        }
      }
    },
  );

  it('nor does it tell what became of an account, or what is asked of it, before the right password', async () => {
    const wrong = seen(await attempt('known@example.com', 'wrong password'));
    const changes: [string, string][] = [
      ['is_disabled = true, disable_reason = $2', 'fraud'],
      ['is_anonymized = true, disable_reason = $2', ''],
      ['delete_at = now(), disable_reason = $2', 'left'],
      ['account_valid_until = now(), disable_reason = $2', 'trial'],
    ];
    for (const [index, [change, reason]] of changes.entries()) {
      const { uuid, loginID } = await stage.addUser(`gone${index}@example.com`);
      await stage.db.query(`update users set ${change} where id = $1`, [uuid, reason]);
      expect(seen(await attempt(loginID, 'wrong password'))).toEqual(wrong);
    }
    const { loginID } = await stage.addUser('chang@example.com', { mustChange: true });
    expect(seen(await attempt(loginID, 'wrong password'))).toEqual(wrong);
  });

  it('nor does a hint at the login id, which an app may send along', async () => {
    const pages = [];
    for (const hint of ['known@example.com', 'noone@example.com', 'empty@example.com']) {
      const browser = await stage.visitor();
      const page = await browser.open(client.address({ login_hint: hint }));
      const text = page.html
        .replaceAll(hint, '{login id}')
        .replaceAll(page.url.pathname, '{address}')
        .replaceAll(/name="csrf" value="[^"]+"/g, 'name="csrf"');
      pages.push([page.status, text]);
      const silent = await browser.open(client.address({ login_hint: hint, prompt: 'none' }));
      expect(silent.url.searchParams.get('error')).toBe('login_required');
    }
    expect(pages[1]).toEqual(pages[0]);
    expect(pages[2]).toEqual(pages[0]);
  });
});

describe('25 Sulu GHSA-wfm4-pq59-wg6r: existence, address and time leaked; tokens were stored in clear', () => {
  it('no token, code, cookie or key stands in the database as it is', async () => {
    const browser = await stage.visitor();
    const login = await browser.open(client.address());
    const code = client.codeFrom(await browser.signIn(login, ada.loginID, ada.password));
    const tokens = (await client.redeem(code)).json();
    // The address of a login stands in it, and opens nothing.
    const { latchkey_login: _address, ...cookies } = await browser.cookies();
    const link = new URL(await stage.server.firstRunLink());
    const secrets: Record<string, string> = {
      password: ada.password,
      csrf: login.forms[0]?.fields.csrf ?? '',
      code,
      access: tokens.access_token,
      refresh: tokens.refresh_token,
      idToken: tokens.id_token.split('.')[2],
      clientSecret: client.clientSecret,
      firstRun: link.searchParams.get('token') ?? '',
      privateKey: stage.admin.privateKey.split('\n')[5] ?? '',
      ...cookies,
    };
    await (await stage.visitor()).open(link.href);
    for (const [kind, secret] of Object.entries(secrets)) {
      expect(secret.length, kind).toBeGreaterThan(10);
      expect([kind, await stage.tablesWith(secret)]).toEqual([kind, []]);
      expect([kind, stage.server.output().includes(secret)]).toEqual([kind, false]);
    }
  });

  it('a password on its way to a mail server is sealed, and erased once it is delivered', async () => {
    const user = await stage.addUser('wait@example.com');
    const stored = async () => {
      const asked = 'select state, secret_sealed is not null as is_sealed from messages where user_id = $1';
      return [await stage.tablesWith(CHOSEN), (await stage.db.query(asked, [user.uuid])).rows];
    };
    const onTheWay = new Promise((resolve, reject) => {
      stage.mail.beforeAccepting(() => stored().then(resolve, reject));
    });
    const input = { userID: user.id, password: CHOSEN, sendPassword: true };
    await stage.admin.mutate('resetPassword', input, 'user { id }');
    expect(await onTheWay).toEqual([[], [{ state: 'sending', is_sealed: true }]]);
    await expect.poll(stored, { timeout: 30_000 }).toEqual([[], [{ state: 'sent', is_sealed: false }]]);
    expect(stage.mail.arrived.at(-1)?.raw).toContain(CHOSEN);
    expect(stage.server.output()).not.toContain(CHOSEN);
  });
});

describe('26 Strapi CVE-2022-30618, CVE-2023-36472: reset tokens could be read, or guessed letter by letter, through the API', () => {
  it('no field of any type tells a password, a hash, a token or a secret', async () => {
    const { data } = await stage.admin.ask(
      '{ __schema { types { name kind fields { name type { kind ofType { kind } } } } } }',
    );
    interface Type {
      name: string;
      kind: string;
      fields: { name: string; type: { kind: string; ofType: { kind: string } | null } }[] | null;
    }
    const telling = (data.__schema.types as Type[])
      .filter(
        ({ kind, name }) =>
          kind === 'OBJECT' && !['Mutation', 'Query'].includes(name) && !name.startsWith('__'),
      )
      .flatMap(({ name, fields }) =>
        (fields ?? []).map((field) => ({ ...field, name: `${name}.${field.name}` })),
      )
      .filter(({ type }) => (type.ofType ?? type).kind === 'SCALAR')
      .map(({ name }) => name)
      .filter((name) => /\..*(password|secret|hash|token|otp|(?<!country)code|privateKey)/i.test(name));
    expect(telling).toEqual([
      'AddCollaboratorPayload.password',
      'CreateAdminKeyPayload.privateKey',
      'CreateClientPayload.clientSecret',
      'GeneratePasswordPayload.password',
      'RotateClientSecretPayload.clientSecret',
      // Says whether a setting holds one, and tells none.
      'Setting.isSecret',
    ]);
  });

  it('everything that can be asked about users, mails and the audit log tells none either', async () => {
    const user = await stage.addUser('told@example.com');
    const input = { userID: user.id, password: CHOSEN, sendPassword: true };
    await stage.admin.mutate('resetPassword', input, 'user { id }');
    await stage.signedIn({ ...user, password: CHOSEN });
    const answer = await stage.admin.send({
      body: JSON.stringify({
        query: `{
          users(first: 20) { edges { node { id standardAttributes customAttributes
            identities { edges { node { claims } } } authenticators { edges { node { claims } } }
            messages { edges { node { id reason recipient state } } } sessions { edges { node { id } } } } } }
          auditLogs(first: 100) { edges { node { activityType data } } } }`,
      }),
    });
    expect(answer.json().errors).toBeUndefined();
    const { rows } = await stage.db.query(
      `select password_hash as secret from authenticators union all select password_hash from password_history
       union all select secret_sealed from messages union all select encode(id_hash, 'hex') from sessions`,
    );
    for (const { secret } of [
      ...rows,
      { secret: CHOSEN },
      { secret: STAGE_PASSWORD },
      { secret: 'argon2' },
    ]) {
      if (secret !== null) expect(answer.text).not.toContain(secret);
    }
  });

  it('nobody is found by a piece of a hash', async () => {
    const { rows } = await stage.db.query('select password_hash as hash from authenticators limit 1');
    for (const keyword of ['argon2', '$argon2id$v=19', rows[0].hash.slice(-12), rows[0].hash]) {
      const { data, errors } = await stage.admin.ask(
        'query ($keyword: String!) { users(searchKeyword: $keyword) { edges { node { id } } } }',
        { keyword },
      );
      expect([keyword, data?.users.edges ?? [], errors?.length ?? 0]).toEqual([keyword, [], 0]);
    }
    for (const argument of [
      'sortBy: PASSWORD',
      'where: { password: "x" }',
      'filters: { resetPasswordToken: "a" }',
    ]) {
      const { errors } = await stage.admin.ask(`{ users(${argument}) { edges { node { id } } } }`);
      expect(errors?.[0]?.extensions.reason).toBe('GraphQLValidationFailed');
    }
  });
});

describe('27 Casdoor CVE-2023-34927: another site set the password, for want of a check against forgery', () => {
  let operator: Visitor;
  let cookie: string;

  beforeAll(async () => {
    const email = 'olga@example.com';
    await stage.server.json(['operators', 'create', '--email', email, '--password-stdin'], STAGE_PASSWORD);
    operator = await stage.visitor();
    const landed = await operator.signIn(
      await operator.open(`${stage.server.origin}/portal/login`),
      email,
      STAGE_PASSWORD,
    );
    expect(landed.url.pathname).toBe('/portal/');
    cookie = await cookieOf(operator);
  });

  const reset = () =>
    JSON.stringify({
      query: mutation('resetPassword', 'user { id }'),
      variables: { input: { userID: ada.id, password: CHOSEN } },
    });

  const post = (path: string, headers: Record<string, string>) =>
    sendRaw(stage.server.port, { method: 'POST', path, headers: { cookie, ...headers }, body: reset() });

  it.each<[string, Record<string, string>]>([
    ['JSON of another origin', { 'content-type': 'application/json', origin: EVIL }],
    ['JSON without an origin', { 'content-type': 'application/json' }],
    ['JSON of no origin', { 'content-type': 'application/json', origin: 'null' }],
    [
      'JSON of our origin on another port',
      { 'content-type': 'application/json', origin: 'http://localhost:1' },
    ],
    ['JSON of a neighbor', { 'content-type': 'application/json', origin: 'http://shop.localhost' }],
    ['plain text', { 'content-type': 'text/plain', origin: EVIL }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded', origin: EVIL }],
    ['parts', { 'content-type': 'multipart/form-data; boundary=x', origin: EVIL }],
  ])('with the cookies of an operator: %s', async (_, headers) => {
    for (const path of ['/portal/api/home/graphql', '/portal/api/reauthenticate', '/portal/api/logout']) {
      const answer = await stage.unchanged(() => post(path, headers));
      expect([path, answer.status, answer.json().error.reason]).toEqual([path, 403, 'ForgedRequest']);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const keyed = await stage.unchanged(() => post('/_api/admin/graphql', headers));
    expect([401, 415]).toContain(keyed.status);
    const cross = { ...headers, 'sec-fetch-site': 'cross-site', origin: stage.server.origin };
    const lying = await stage.unchanged(() => post('/portal/api/home/graphql', cross));
    expect(lying.status).toBe(403);
  });

  it('as plain text of our own origin it is refused too, and by GET there is nothing', async () => {
    const own = { 'content-type': 'text/plain', origin: stage.server.origin };
    expect((await stage.unchanged(() => post('/portal/api/home/graphql', own))).status).toBe(415);
    const path = `/portal/api/home/graphql?query=${encodeURIComponent('{ __typename }')}`;
    expect((await sendRaw(stage.server.port, { path, headers: { cookie } })).status).toBe(404);
    const asked = { method: 'OPTIONS', path: '/portal/api/home/graphql', headers: { origin: EVIL } };
    const preflight = await sendRaw(stage.server.port, asked);
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('from a page of our own it goes through, which shows that the rest was refused for what it was', async () => {
    const own = { 'content-type': 'application/json', origin: stage.server.origin };
    const answer = await post('/portal/api/home/graphql', own);
    expect([answer.status, answer.json().errors]).toEqual([200, undefined]);
    await stage.signedIn({ ...ada, password: CHOSEN });
  });

  it('no cookie of ours travels along with a form of another site, or is read by a script', async () => {
    const browser = await stage.visitor();
    const lines: string[] = [];
    const login = await browser.open(client.address());
    const asked = await sendRaw(stage.server.port, {
      path: client.address().slice(stage.server.origin.length),
    });
    const page = await sendRaw(stage.server.port, {
      path: login.url.pathname,
      headers: { cookie: await cookieOf(browser) },
    });
    const portal = await sendRaw(stage.server.port, { path: '/portal/login' });
    const first = await sendRaw(stage.server.port, { path: '/first-run?token=x' });
    for (const { headers } of [asked, page, portal, first]) lines.push(...(headers['set-cookie'] ?? []));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(line).toMatch(/httponly/i);
      expect(line).toMatch(/samesite=lax/i);
    }
  });
});
