import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalClient } from '../support/portal-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const GUESSES = 100;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => stage?.stop());

/** Opens logins as many, each in a browser of its own, that wait for a password. */
async function waitingLogins(count: number) {
  const logins = [];
  for (let index = 0; index < count; index++) {
    const browser = await stage.visitor();
    const page = await stage.settings(browser);
    const cookie = Object.entries(await browser.cookies())
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    logins.push({ path: page.url.pathname, csrf: page.forms[0]?.fields.csrf ?? '', cookie });
  }
  return logins;
}

type Login = Awaited<ReturnType<typeof waitingLogins>>[number];

const post = (
  { path, csrf, cookie }: Login,
  loginID: string,
  password: string,
  forwardedFor?: string,
): Promise<WireAnswer> =>
  sendRaw(stage.server.port, {
    method: 'POST',
    path,
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      cookie,
      ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
    },
    body: new URLSearchParams({ csrf, login_id: loginID, password }).toString(),
  });

const counts = async (): Promise<unknown[]> =>
  (await stage.db.query('select * from instance.rate_limits order by key')).rows;

describe('4 Authentik CVE-2024-47070: a malformed forwarded header skipped a check', () => {
  it.each(['nonsense', '::1%eth0', 'fe80::1%25eth0', '192.0.2.1, unknown', ''])(
    '"%s" is refused before anything is counted or checked',
    async (header) => {
      const user = await stage.addUser(`forwarded${Math.random()}@example.com`);
      const [login] = (await waitingLogins(1)) as [Login];
      const before = await counts();
      const answer = await stage.unchanged(() => post(login, user.loginID, user.password, header));
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('InvalidForwardedHeader');
      expect(await counts()).toEqual(before);
    },
  );
});

describe('16 Zitadel CVE-2025-64102: lockout was off by default, and missing in newer APIs', () => {
  let ada: StageUser;
  let logins: Login[];

  beforeAll(async () => {
    ada = await stage.addUser('ada@example.com');
    logins = await waitingLogins(GUESSES);
  });

  it('of a hundred guesses at the same moment ten are checked, without any setting', async () => {
    const answers = await Promise.all(
      logins.map((login, index) => post(login, ada.loginID, `guess ${index}`, '192.0.2.1')),
    );
    const checked = answers.filter(({ status }) => status === 401);
    expect(checked).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(GUESSES - 10);
  });

  it('then the right password is refused there with the same answer, and not elsewhere', async () => {
    const [login, another, elsewhere] = logins as [Login, Login, Login];
    const right = await post(login, ada.loginID, STAGE_PASSWORD, '192.0.2.1');
    const wrong = await post(another, ada.loginID, 'another guess', '192.0.2.1');
    expect([right.status, wrong.status]).toEqual([429, 429]);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
    const level = ({ text }: WireAnswer) =>
      text.replaceAll(/name="csrf" value="[^"]+"|\/login\/[\w-]+|\d+ (minutes|seconds)/g, '');
    expect(level(right)).toBe(level(wrong));
    expect((await post(elsewhere, ada.loginID, STAGE_PASSWORD, '192.0.2.2')).status).toBe(303);
  });

  it('a header from nobody we trust changes no address, and one of a /64 changes no count', async () => {
    const eve = await stage.addUser('eve@example.com');
    for (let index = 0; index < 10; index++) {
      const login = logins[10 + index] as Login;
      expect((await post(login, eve.loginID, 'guess', `6.6.6.${index}, 2001:db8::${index}`)).status).toBe(
        401,
      );
    }
    const last = logins[20] as Login;
    expect((await post(last, eve.loginID, eve.password, '2001:db8:0:0:ffff::1')).status).toBe(429);
  });
});

describe('16 Zitadel CVE-2025-64102: every way to try a password counts to the hundred failures in a row', () => {
  const OWNER = 'owner@example.com';
  let logins: Login[];

  beforeAll(async () => {
    await stage.server.json(['operators', 'create', '--email', OWNER, '--password-stdin'], STAGE_PASSWORD);
    logins = await waitingLogins(4);
  });

  const login = async (loginID: string, password: string): Promise<number> =>
    (await post(logins.pop() as Login, loginID, password, '198.51.100.7')).status;

  /** Makes what tries a wrong password in that way, once the account is signed in wherever it must be. */
  const ways: Record<string, (loginID: string) => Promise<() => Promise<number>>> = {
    'the login': async (loginID) => () => login(loginID, 'a guess'),
    'the page that changes the own password': async (loginID) => {
      const someone = await stage.signedIn({ id: '', uuid: '', loginID, password: STAGE_PASSWORD });
      const page = await someone.open(`${stage.server.origin}/settings/password`);
      const fields = {
        current_password: 'a guess',
        new_password: 'x y z 1 2 3',
        confirmation: 'x y z 1 2 3',
      };
      return async () => (await someone.send(page, fields)).status;
    },
    'the portal that asks once more': async (loginID) => {
      const portal = await portalClient(stage, loginID, STAGE_PASSWORD);
      return async () => (await portal.post('reauthenticate', { password: 'a guess' })).status;
    },
  };

  it.each(Object.keys(ways))('%s', async (way) => {
    const failed = (count: number) =>
      stage.db.query(
        `update authenticators set failed_attempts = $2 where user_id in
           (select user_id from identities where unique_key = $1)`,
        [OWNER, count],
      );
    await failed(0);
    const tryWrong = await ways[way]?.(OWNER);
    await failed(99);
    expect(await tryWrong?.()).toBeGreaterThanOrEqual(400);
    expect(await login(OWNER, STAGE_PASSWORD)).toBe(401);
  });
});
