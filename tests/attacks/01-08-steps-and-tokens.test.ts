import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeClient, codeClient } from '../support/code-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { Visitor } from '../support/visitor.ts';
import { sendRaw, type WireRequest } from '../support/wire.ts';

const CHOSEN = 'my very own passphrase 1';
const INVENTED = 'A'.repeat(43);

let stage: Stage;
let client: CodeClient;
let ada: StageUser;
let firstRunToken: string;

beforeAll(async () => {
  stage = await startStage({ TRUSTED_PROXIES: '127.0.0.1/32' });
  client = await codeClient(stage.server);
  ada = await stage.addUser('ada@example.com');
  firstRunToken = new URL(await stage.server.firstRunLink()).searchParams.get('token') ?? '';
});
afterAll(() => stage?.stop());

const send = (asked: WireRequest) => sendRaw(stage.server.port, asked);

const cookieHeader = (cookies: Record<string, string>): string =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  body: new URLSearchParams(fields).toString(),
});

let mustChangers = 0;
/** A user who has to change the password, and has just proved the present one. */
async function provedOnly(): Promise<{ user: StageUser; browser: Visitor; login: string; csrf: string }> {
  mustChangers += 1;
  const user = await stage.addUser(`changer-${mustChangers}@example.com`, { mustChange: true });
  const browser = await stage.visitor();
  const page = await browser.signIn(await browser.open(client.address()), user.loginID, user.password);
  expect(page.heading).toBe('Change your password');
  const csrf = page.forms[0]?.fields.csrf ?? '';
  return { user, browser, login: page.url.href.replace('/change-password', ''), csrf };
}

describe('1 Keycloak CVE-2026-18963: a step was skipped by going another way', () => {
  it('no password is changed before the present one was proved', async () => {
    const browser = await stage.visitor();
    const page = await browser.open(client.address());
    const [login] = page.forms;
    const change = {
      new_password: CHOSEN,
      confirmation: CHOSEN,
      username: ada.loginID,
      login_id: ada.loginID,
    };
    for (const prepare of [
      async () => page,
      () => browser.signIn(page, ada.loginID, 'a wrong password'),
      () => browser.signIn(page, 'nobody@example.com', STAGE_PASSWORD),
    ]) {
      await prepare();
      const cookie = cookieHeader(await browser.cookies());
      const path = `${page.url.pathname}/change-password`;
      const asked = form({ csrf: login?.fields.csrf ?? '', ...change });
      const answer = await stage.unchanged(() =>
        send({ ...asked, path, headers: { ...asked.headers, cookie } }),
      );
      expect([answer.status, answer.headers.location]).toEqual([303, page.url.pathname]);
      expect((await browser.open(`${page.url}/change-password`)).heading).toBe('Sign in');
    }
    await stage.signedIn(ada);
  });

  it('nothing is granted before the new password was chosen, whichever address is opened', async () => {
    const { browser, login, user } = await provedOnly();
    const resume = login.replace('/login/', '/oauth2/authorize/');
    for (const address of [
      resume,
      login,
      client.address(),
      client.address({ prompt: 'none' }),
      `${login}/finish`,
    ]) {
      const page = await stage.unchanged(() => browser.open(address), { but: ['sessions'] });
      expect([address, page.url.searchParams.get('code')]).toEqual([address, null]);
    }
    expect((await stage.settings(browser)).heading).toBe('Sign in');
    const { rows } = await stage.db.query('select 1 from sessions where user_id = $1', [user.uuid]);
    expect(rows).toEqual([]);
  });
});

describe('3 Authentik CVE-2022-46145: settings ran without a login', () => {
  it.each([
    ['GET', '/settings'],
    ['GET', '/settings/callback?code=x'],
    ['POST', '/settings'],
    ['POST', '/settings/sign-out'],
    ['GET', '/change-password'],
    ['POST', '/change-password'],
    ['GET', '/portal/api/me'],
    ['POST', '/portal/api/home/graphql'],
    ['POST', '/portal/api/reauthenticate'],
    ['POST', '/_api/admin/graphql'],
    ['GET', '/oauth2/userinfo'],
    ['POST', '/oauth2/introspect'],
  ])('%s %s does nothing for who is not signed in', async (method, path) => {
    const body = method === 'POST' ? '{}' : undefined;
    const headers = { 'content-type': 'application/json', origin: stage.server.origin };
    const answer = await stage.unchanged(() => send({ method, path, headers, body }));
    expect([303, 400, 401, 403, 404, 415]).toContain(answer.status);
    expect(answer.headers.location ?? '').not.toContain('code=');
    expect(answer.text).not.toContain(ada.loginID);
  });
});

describe('4 Authentik CVE-2024-47070: a malformed X-Forwarded-For made a check fail, and the step was skipped', () => {
  it.each(['junk', '', '203.0.113.9, not an address', '[::1', '1.2.3.4,'])(
    '%j: nobody signs in, and no step is passed',
    async (malformed) => {
      const { browser, login, csrf, user } = await provedOnly();
      const cookie = cookieHeader(await browser.cookies());
      const path = new URL(login).pathname;
      const right = { csrf, login_id: user.loginID, password: user.password };
      const change = { csrf, new_password: CHOSEN, confirmation: CHOSEN };
      for (const [to, fields] of [
        [path, right],
        [`${path}/change-password`, change],
      ] as const) {
        const asked = form(fields);
        const headers = { ...asked.headers, cookie, 'x-forwarded-for': malformed };
        const answer = await stage.unchanged(() => send({ ...asked, path: to, headers }));
        expect([to, answer.status]).toEqual([to, 400]);
        expect(answer.text).toContain('InvalidForwardedHeader');
        const set = answer.headers['set-cookie'] ?? [];
        expect(set).toEqual([]);
      }
      expect((await browser.open(`${login}/change-password`)).heading).toBe('Change your password');
    },
  );
});

/** Everything there is that opens something, of one sign-in. */
async function tokensOfAda(): Promise<Record<string, string>> {
  const browser = await stage.signedIn(ada);
  const page = await browser.open(`${stage.server.origin}/settings`);
  const spare = await stage.visitor();
  const [tokens, code] = [
    await client.signIn(await stage.visitor(), ada.loginID, ada.password),
    await client.authorize(spare, ada.loginID, ada.password),
  ];
  const cookies = await browser.cookies();
  return {
    csrf: page.forms[0]?.fields.csrf ?? '',
    seed: cookies.latchkey_csrf ?? '',
    session: cookies.latchkey_session ?? '',
    login: cookies.latchkey_login ?? '',
    access: tokens.access_token,
    refresh: tokens.refresh_token,
    idToken: tokens.id_token,
    code,
    apiToken: await stage.admin.token(),
    keyID: stage.admin.keyID,
    secret: client.clientSecret,
    firstRun: firstRunToken,
  };
}

/** Every door, tried with one thing in the place of the key; says whether it opened. */
const DOORS: Record<string, { opens: string[]; enter(token: string): Promise<boolean> }> = {
  'the first-run link': {
    opens: ['firstRun'],
    async enter(token) {
      const browser = await stage.visitor();
      const page = await browser.open(`${stage.server.origin}/first-run?token=${encodeURIComponent(token)}`);
      return page.status === 200;
    },
  },
  'the session cookie': {
    opens: ['session'],
    enter: async (token) =>
      (await send({ path: '/settings', headers: { cookie: `latchkey_session=${token}` } })).status === 200,
  },
  'the portal session cookie': {
    opens: [],
    enter: async (token) =>
      (await send({ path: '/portal/api/me', headers: { cookie: `latchkey_portal=${token}` } })).status ===
      200,
  },
  userinfo: { opens: ['access'], enter: async (token) => (await client.userinfo(token)).status === 200 },
  'the Admin API': {
    opens: ['apiToken'],
    async enter(token) {
      const headers = { authorization: `Bearer ${token}` };
      return (await stage.admin.send({ headers, body: '{"query":"{ __typename }"}' })).status === 200;
    },
  },
  'the token endpoint, as a refresh token': {
    opens: ['refresh'],
    enter: async (token) => (await client.refresh(token)).status === 200,
  },
  'the token endpoint, as a code': {
    opens: ['code'],
    enter: async (token) => (await client.redeem(token)).status === 200,
  },
};

describe('5 Strapi CVE-2019-18818: a reset took an invalid token', () => {
  it.each([
    '',
    INVENTED,
    'null',
    'undefined',
    '0',
    '{}',
    '{"$gt":0}',
    '%',
    '*',
    "' or '1'='1",
    '\0',
    'A'.repeat(5_000),
    '../../first-run',
  ])('no door opens with %.30j', async (token) => {
    for (const [name, { enter }] of Object.entries(DOORS)) {
      const isText = /^[\x20-\x7e]*$/.test(token) || name === 'the first-run link';
      if (isText) expect([name, await enter(token)]).toEqual([name, false]);
    }
  });

  it('nor with all but the last character of a good one, or one more', async () => {
    const tokens = await tokensOfAda();
    for (const [name, { opens, enter }] of Object.entries(DOORS)) {
      for (const kind of opens) {
        const token = tokens[kind] ?? '';
        for (const altered of [token.slice(0, -1), `${token}A`, token.toLowerCase(), token.slice(0, 20)]) {
          expect([name, altered === token, await enter(altered)]).toEqual([name, false, false]);
        }
      }
    }
  });
});

describe('6 Joplin CVE-2026-105785: tokens carried no purpose, and a token against forgery reset a password', () => {
  it('each opens its own door, and no other', async () => {
    const tokens = await tokensOfAda();
    for (const [name, { opens, enter }] of Object.entries(DOORS)) {
      for (const [kind, token] of Object.entries(tokens)) {
        if (!opens.includes(kind)) expect([name, kind, await enter(token)]).toEqual([name, kind, false]);
      }
      for (const kind of opens)
        expect([name, kind, await enter(tokens[kind] ?? '')]).toEqual([name, kind, true]);
    }
  });

  it('none of them stands for a token against forgery', async () => {
    const { browser, login } = await provedOnly();
    const cookie = cookieHeader(await browser.cookies());
    for (const [kind, token] of Object.entries(await tokensOfAda())) {
      const asked = form({ csrf: token, new_password: CHOSEN, confirmation: CHOSEN });
      const path = `${new URL(login).pathname}/change-password`;
      const answer = await send({ ...asked, path, headers: { ...asked.headers, cookie } });
      expect([kind, answer.status]).toEqual([kind, 403]);
    }
  });
});

it('the address of a login is no key to it: who reads it somewhere cannot go on where its user stands', async () => {
  const { login } = await provedOnly();
  const uid = login.split('/').at(-1) ?? '';
  const thief = await stage.visitor();
  const csrf = (await thief.open(client.address())).forms[0]?.fields.csrf ?? '';
  const { latchkey_csrf: seed = '' } = await thief.cookies();
  const cookie = cookieHeader({ latchkey_csrf: seed, latchkey_login: uid, latchkey_resume: uid });
  const asked = form({ csrf, new_password: CHOSEN, confirmation: CHOSEN });
  const path = `${new URL(login).pathname}/change-password`;
  const answer = await stage.unchanged(() => send({ ...asked, path, headers: { ...asked.headers, cookie } }));
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('This sign-in has ended');
});
