import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation } from '../support/admin-client.ts';
import { type CodeClient, codeClient, type TokenSet } from '../support/code-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { VisitedPage, Visitor } from '../support/visitor.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const CHOSEN = 'my very own passphrase 1';
const AT_ONCE = 20;

let stage: Stage;
let client: CodeClient;
let ada: StageUser;

beforeAll(async () => {
  stage = await startStage();
  client = await codeClient(stage.server);
  ada = await stage.addUser('ada@example.com');
});
afterAll(() => stage?.stop());

const authorize = async () => client.authorize(await stage.visitor(), ada.loginID, ada.password);
const signIn = async () => client.signIn(await stage.visitor(), ada.loginID, ada.password);

const atOnce = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => work(index)));

const statusesOf = (answers: WireAnswer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

let changers = 0;
async function atTheChange(): Promise<{ user: StageUser; browser: Visitor; page: VisitedPage }> {
  changers += 1;
  const user = await stage.addUser(`changer-${changers}@example.com`, { mustChange: true });
  const browser = await stage.visitor();
  const page = await browser.signIn(await browser.open(client.address()), user.loginID, user.password);
  expect(page.heading).toBe('Change your password');
  return { user, browser, page };
}

const activities = async (user: StageUser, type: string): Promise<number> => {
  const asked = 'select 1 from audit_log where user_id = $1 and activity_type = $2';
  return (await stage.db.query(asked, [user.uuid, type])).rows.length;
};

async function firstRunToken(): Promise<string> {
  return new URL(await stage.server.firstRunLink()).searchParams.get('token') ?? '';
}

async function atTheFirstRun(): Promise<[Visitor, VisitedPage]> {
  const browser = await stage.visitor();
  return [browser, await browser.open(await stage.server.firstRunLink())];
}

describe('18 openCRX CVE-2020-7378: tokens came from a predictable generator', () => {
  /** Sees that each is as long as 128 bits need, that no two are alike, and that they share no place. */
  function expectRandom(tokens: string[], bits: number): void {
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens)
      expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(bits);
    const shortest = Math.min(...tokens.map((token) => token.length));
    for (let place = 0; place < shortest - 1; place += 1) {
      expect(new Set(tokens.map((token) => token[place])).size, `place ${place}`).toBeGreaterThan(1);
    }
  }

  it('of logins, browsers, sessions, codes and tokens', async () => {
    const seen: Record<string, string[]> = {};
    const keep = (kind: string, token = '') => {
      seen[kind] = [...(seen[kind] ?? []), token];
    };
    for (let time = 0; time < 12; time += 1) {
      const browser = await stage.visitor();
      const login = await browser.open(client.address());
      const code = client.codeFrom(await browser.signIn(login, ada.loginID, ada.password));
      const tokens = (await client.redeem(code)).json() as TokenSet;
      const cookies = await browser.cookies();
      keep('login', login.url.pathname.split('/')[2]);
      keep('seed', cookies.latchkey_csrf);
      keep('session', cookies.latchkey_session);
      keep('code', code);
      keep('access', tokens.access_token);
      keep('refresh', tokens.refresh_token);
    }
    for (const tokens of Object.values(seen)) expectRandom(tokens, 248);
  });

  it('of first runs, secrets of apps, and generated passwords', async () => {
    const made = await Promise.all(
      [1, 2, 3].map(async (number) => ({
        ...(await codeClient(stage.server, `App ${number}`)),
        ...(await stage.server.json<{ password: string }>([
          ...['users', 'create', '--username', `random-${number}`, '--generate'],
        ])),
      })),
    );
    expectRandom(
      made.map(({ clientSecret }) => clientSecret),
      248,
    );
    expect(new Set(made.map(({ password }) => password)).size).toBe(3);
    expect(Buffer.from(await firstRunToken(), 'base64url').length * 8).toBeGreaterThanOrEqual(248);
  });
});

describe('19 Mattermost CVE-2016-11074: a link worked twice', () => {
  it('a code: once, and a second try takes along what came of it', async () => {
    const code = await authorize();
    const tokens = (await client.redeem(code)).json() as TokenSet;
    expect((await client.redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('a refresh token: once, and a second try takes its family along', async () => {
    const first = await signIn();
    const second = (await client.refresh(first.refresh_token)).json() as TokenSet;
    expect((await client.userinfo(second.access_token)).status).toBe(200);
    expect((await client.refresh(first.refresh_token)).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await client.refresh(second.refresh_token)).status).toBe(400);
    expect((await client.userinfo(second.access_token)).status).toBe(401);
  });

  it('a forced change: the form that was sent changes nothing when it is sent again', async () => {
    const { user, browser, page } = await atTheChange();
    const code = client.codeFrom(await browser.choose(page, CHOSEN));
    const again = await stage.unchanged(() => browser.choose(page, `${CHOSEN} again`));
    expect([again.status, again.heading]).toEqual([400, 'This sign-in has ended']);
    expect((await client.redeem(code)).status).toBe(200);
    expect(await activities(user, 'PASSWORD_CHANGED')).toBe(1);
  });
});

describe('20 osTicket CVE-2026-18363: expiry was checked only where the look-up failed', () => {
  const expire = (table: string, model = '') =>
    stage.db.query(
      `update ${table} set expires_at = now() - interval '1 second'${model && ` where model = '${model}'`}`,
    );

  it('a code', async () => {
    const code = await authorize();
    await expire('oidc_artifacts', 'AuthorizationCode');
    expect((await client.redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('an access token and a refresh token', async () => {
    const tokens = await signIn();
    await expire('oidc_artifacts', 'AccessToken');
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    await expire('oidc_artifacts', 'RefreshToken');
    expect((await client.refresh(tokens.refresh_token)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('a session', async () => {
    const browser = await stage.signedIn(ada);
    await expire('sessions');
    expect((await stage.settings(browser)).heading).toBe('Sign in');
  });

  it('a login under way, and what it has proved', async () => {
    const { user, browser, page } = await atTheChange();
    await expire('login_flows');
    const late = await stage.unchanged(() => browser.choose(page, CHOSEN));
    expect([late.heading, late.html.includes('Enter your password again')]).toEqual(['Sign in', true]);
    const proved = await browser.signIn(late, user.loginID, user.password);
    await expire('oidc_artifacts', 'Interaction');
    const over = await stage.unchanged(() => browser.choose(proved, CHOSEN));
    expect([over.status, over.heading]).toEqual([400, 'This sign-in has ended']);
  });

  it('the first-run link', async () => {
    const [browser, page] = await atTheFirstRun();
    const { rows } = await stage.db.query('select * from instance.first_run');
    await expire('instance.first_run');
    const fields = { email: 'mallory@example.com', new_password: CHOSEN };
    const late = await stage.unchanged(() => browser.send(page, fields));
    expect([late.status, late.heading]).toEqual([403, 'This link cannot be used']);
    await stage.db.query('update instance.first_run set expires_at = $1', [rows[0].expires_at]);
  });
});

describe('21 vulnerability-lookup CVE-2026-73431: a signed token without state could be replayed, and for anything', () => {
  it('an ID token signs nobody in, whoever holds it', async () => {
    const { id_token: idToken } = await signIn();
    const browser = await stage.visitor();
    const hint = { prompt: 'none', id_token_hint: idToken };
    const silent = await browser.open(client.address(hint));
    expect(silent.url.searchParams.get('error')).toBe('login_required');
    expect((await browser.open(client.address({ id_token_hint: idToken }))).heading).toBe('Sign in');
    expect((await client.userinfo(idToken)).status).toBe(401);
    expect((await client.introspect(idToken)).active).not.toBe(true);
  });

  it('an access token is good only as long as the server says so', async () => {
    const tokens = await signIn();
    expect(tokens.access_token).not.toContain('.');
    expect((await client.introspect(tokens.access_token)).active).toBe(true);
    await stage.admin.mutate('resetPassword', { userID: ada.id, password: ada.password }, 'user { id }');
    expect((await client.introspect(tokens.access_token)).active).toBe(false);
  });
});

describe('22 better-auth #9993, MISP CVE-2026-107276: concurrent requests used one token', () => {
  it('a code: one gets the tokens', async () => {
    const code = await authorize();
    const answers = await atOnce(() => client.redeem(code));
    expect(statusesOf(answers)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
  });

  it('a refresh token: one gets the next', async () => {
    const { refresh_token: token } = await signIn();
    const answers = await atOnce(() => client.refresh(token));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.every(({ status }) => status === 200 || status === 400)).toBe(true);
  });

  it('a forced change: one password is written', async () => {
    const { user, browser, page } = await atTheChange();
    await atOnce((index) => browser.choose(page, `${CHOSEN} ${index}`));
    expect(await activities(user, 'PASSWORD_CHANGED')).toBe(1);
    expect(await activities(user, 'USER_AUTHENTICATED')).toBe(1);
    let good = 0;
    for (let index = 0; index < AT_ONCE; index += 1) {
      const someone = await stage.visitor();
      const answer = await someone.signIn(await stage.settings(someone), user.loginID, `${CHOSEN} ${index}`);
      if (answer.heading === 'Your account') good += 1;
    }
    expect(good).toBe(1);
  });

  it('the first-run link: one operator is made', async () => {
    const [browser, page] = await atTheFirstRun();
    const users = async () => (await stage.db.query('select 1 from users')).rows.length;
    const before = await users();
    await atOnce((index) => browser.send(page, { email: `op-${index}@example.com`, new_password: CHOSEN }));
    expect(await users()).toBe(before + 1);
    expect((await stage.db.query('select role from instance.collaborators')).rows).toEqual([
      { role: 'owner' },
    ]);
    const late = await browser.send(page, { email: 'late@example.com', new_password: CHOSEN });
    expect([late.status, late.heading]).toEqual([403, 'This link cannot be used']);
    expect((await (await stage.visitor()).open(page.url.href)).status).toBe(403);
  });
});

describe('23 Devise CVE-2013-0233: a number, null or an object for the token reset any account', () => {
  const ODD = [0, 1, true, null, [], ['a'], {}, { $ne: null }, { $gt: '' }, -1, 1e308];

  it.each(ODD)('%j for the user of a reset', async (userID) => {
    const body = {
      query: mutation('resetPassword', 'user { id }'),
      variables: { input: { userID, password: CHOSEN } },
    };
    const answer = await stage.unchanged(() => stage.admin.send({ body: JSON.stringify(body) }));
    const [{ extensions }] = answer.json().errors;
    expect(extensions.errorName).toBe('Invalid');
    expect(['GraphQLValidationFailed', 'InvalidUserID']).toContain(extensions.reason);
  });

  it.each(ODD.filter((value) => value !== null))('%j for a password is not one', async (password) => {
    const body = {
      query: mutation('resetPassword', 'user { id }'),
      variables: { input: { userID: ada.id, password } },
    };
    const answer = await stage.unchanged(() => stage.admin.send({ body: JSON.stringify(body) }));
    expect(answer.json().errors[0].extensions.reason).toBe('GraphQLValidationFailed');
  });

  it.each(['password[$ne]=x', 'password[]=x', 'password[0]=x', 'password.x=x', 'password=', 'password%00=x'])(
    'a login with %s proves nothing',
    async (password) => {
      const browser = await stage.visitor();
      const page = await stage.settings(browser);
      const cookies = Object.entries(await browser.cookies()).map(([name, value]) => `${name}=${value}`);
      const asked = {
        method: 'POST',
        path: page.url.pathname,
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookies.join('; ') },
        body: `csrf=${page.forms[0]?.fields.csrf}&login_id=${encodeURIComponent(ada.loginID)}&${password}`,
      };
      const answer = await stage.unchanged(() => sendRaw(stage.server.port, asked));
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('Enter your password.');
    },
  );

  it.each(['token[]=x', 'token[$ne]=', 'token=0', 'token=null', 'token=', 'token=x&token=y'])(
    'a first run with %s is none',
    async (query) => {
      const page = await (await stage.visitor()).open(`${stage.server.origin}/first-run?${query}`);
      expect([page.status, page.heading]).toEqual([403, 'This link cannot be used']);
    },
  );

  it.each([0, null, ['x'], { x: 1 }, true])('%j for the key that signed a token', async (kid) => {
    const [, payload, signature] = (await stage.admin.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid })).toString('base64url');
    const headers = { authorization: `Bearer ${header}.${payload}.${signature}` };
    expect((await stage.admin.send({ headers, body: '{"query":"{ __typename }"}' })).status).toBe(401);
  });

  it.each(['code[]', 'code[$ne]', 'refresh_token[]'])('%s at the token endpoint', async (name) => {
    const answer = await client.redeem('', { code: '', [name]: await authorize() });
    expect([answer.status, answer.json().access_token]).toEqual([400, undefined]);
  });
});

it('the password of the user all this was tried on is the one it was', async () => {
  expect(STAGE_PASSWORD).toBe(ada.password);
  await stage.signedIn(ada);
  expect(stage.server.output()).not.toMatch(/"level":"(error|fatal)"/);
});
