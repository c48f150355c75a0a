import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { VisitedPage, Visitor } from '../support/visitor.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const CHOSEN = 'my very own passphrase 1';
const LONG = 'x'.repeat(100_000);

let stage: Stage;
let ada: StageUser;
let changers = 0;

beforeAll(async () => {
  stage = await startStage();
  ada = await stage.addUser('Ada@example.com');
});
afterAll(() => stage?.stop());

afterEach(async () => {
  expect((await fetch(`${stage.server.origin}/readyz`)).status).toBe(200);
  const output = stage.server.output();
  expect(output).not.toMatch(/"level":"(error|fatal)"/);
  for (const secret of [STAGE_PASSWORD, CHOSEN, LONG]) expect(output).not.toContain(secret);
});

/** A refused login is recorded, and changes nothing else. */
const unchanged = <T>(work: () => Promise<T>) => stage.unchanged(work, { but: ['audit_log'] });

async function atTheLogin(): Promise<[Visitor, VisitedPage]> {
  const browser = await stage.visitor();
  return [browser, await stage.settings(browser)];
}

async function atTheChange(): Promise<[Visitor, VisitedPage, StageUser]> {
  changers += 1;
  const user = await stage.addUser(`changer-${changers}@example.com`, { mustChange: true });
  const [browser, login] = await atTheLogin();
  const page = await browser.signIn(login, user.loginID, user.password);
  expect(page.heading).toBe('Change your password');
  return [browser, page, user];
}

async function atTheSettings(): Promise<[Visitor, VisitedPage]> {
  const browser = await stage.signedIn(ada);
  return [browser, await stage.settings(browser)];
}

async function atTheFirstRun(): Promise<[Visitor, VisitedPage]> {
  const browser = await stage.visitor();
  return [browser, await browser.open(await stage.server.firstRunLink())];
}

interface Sent {
  path: string;
  fields: Record<string, string>;
  json?: boolean;
}

/** Sends what a form would, with just these cookies and headers. */
function send(
  { path, fields: { csrf = '', ...fields }, json }: Sent,
  cookies: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<WireAnswer> {
  return sendRaw(stage.server.port, {
    method: 'POST',
    path,
    headers: {
      accept: 'text/html',
      cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      ...(json
        ? { 'content-type': 'application/json', 'x-csrf-token': csrf }
        : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    body: json ? JSON.stringify(fields) : new URLSearchParams({ csrf, ...fields }).toString(),
  });
}

describe('what is typed at the first run', () => {
  it.each([
    ['no address', 'mallory', CHOSEN, 400, 'Enter an email address'],
    ['an address with NUL', 'mallory@example.com\0', CHOSEN, 400, 'Enter an email address'],
    ['two addresses', 'mallory@example.com, eve@example.com', CHOSEN, 400, 'Enter an email address'],
    ['the address of a user', 'ADA@example.com', CHOSEN, 400, 'exists already'],
    [
      'a password with NUL',
      'mallory@example.com',
      'plover\0hinge 42',
      400,
      'No invisible control characters',
    ],
    ['2,000 emoji', 'mallory@example.com', '🔑'.repeat(2_000), 400, 'At most 128 characters'],
    ['100,000 characters', 'mallory@example.com', LONG, 413, 'more than this form takes'],
  ])('makes no operator: %s', async (_, email, password, status, words) => {
    const [browser, page] = await atTheFirstRun();
    const answer = await unchanged(() => browser.send(page, { email, new_password: password }));
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(words);
    expect(answer.html).not.toContain(password);
  });
});

describe('what is typed at a login', () => {
  async function signIn(loginID: string, password = STAGE_PASSWORD): Promise<VisitedPage> {
    const [browser, login] = await atTheLogin();
    return browser.signIn(login, loginID, password);
  }

  it.each(['ADA@EXAMPLE.COM', '  ada@example.com  ', 'ａｄａ@example.com'])(
    'is the same login id in another spelling: %j',
    async (loginID) => {
      expect((await signIn(loginID)).heading).toBe('Your account');
    },
  );

  it.each([
    'аda@example.com',
    'ada@exаmple.com',
    'adá@example.com',
    'ada@example.com\u200b',
    'ada\u202e@example.com',
    'ada@example.com\0',
    'ada\0@example.com',
    'ada @example.com',
    'ada@example.com,eve@example.com',
    'ada@example.com\r\nBcc: mallory@example.com',
    '"ada"@example.com',
    'ada@example.com.',
    'ⓐda@example.com',
    'ada@example.com%00',
    'ada%',
    "' or 1=1 --",
    '😀',
  ])('is nobody where it only looks like it: %j', async (loginID) => {
    const page = await unchanged(() => signIn(loginID));
    expect([page.status, page.heading]).toEqual([401, 'Sign in']);
    expect(page.html).toContain('This combination is not right.');
  });

  it.each([
    ['with NUL', `${STAGE_PASSWORD}\0`],
    ['after a NUL', `\0${STAGE_PASSWORD}`],
    ['with a line break', `${STAGE_PASSWORD}\n`],
    ['of emoji', '🔑'.repeat(20)],
    ['in another case', STAGE_PASSWORD.toUpperCase()],
    ['of 10,000 characters', 'x'.repeat(10_000)],
    ['with spaces around it', ` ${STAGE_PASSWORD} `],
  ])('is a wrong password: %s', async (_, password) => {
    const page = await unchanged(() => signIn('ada@example.com', password));
    expect([page.status, page.heading]).toEqual([401, 'Sign in']);
    expect(page.html).not.toContain(password);
  });

  it('can be too much: 100,000 characters are more than the form takes', async () => {
    for (const [loginID, password] of [
      ['ada@example.com', LONG],
      [LONG, STAGE_PASSWORD],
    ] as const) {
      const page = await unchanged(() => signIn(loginID, password));
      expect([page.status, page.heading]).toEqual([413, 'That is more than this form takes']);
    }
  });
});

describe('what is chosen at a forced change', () => {
  it.each([
    ['with NUL', 'plover\0hinge 42', 400, 'No invisible control characters'],
    ['of 129 characters', 'ab1 '.repeat(33), 400, 'At most 128 characters'],
    ['of 2,000 emoji', '🔑'.repeat(2_000), 400, 'At most 128 characters'],
    ['of 100,000 characters', LONG, 413, 'more than this form takes'],
    ['that is the login id', '{me}', 400, 'what you sign in with'],
  ])('is refused with the reason: %s', async (_, password, status, words) => {
    const [browser, page, { loginID }] = await atTheChange();
    const given = password.replace('{me}', loginID);
    const answer = await unchanged(() => browser.choose(page, given));
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(words);
    if (given !== loginID) expect(answer.html).not.toContain(given);
  });

  it('may be emoji', async () => {
    const [browser, page, user] = await atTheChange();
    const password = '🔑🚪🏠🌍🔒🎩🐇🎈';
    expect((await browser.choose(page, password)).heading).toBe('Your account');
    await stage.signedIn({ ...user, password });
  });
});

describe('a forged form', () => {
  it.each<[string, () => Promise<[Visitor, VisitedPage, ...unknown[]]>, (path: string) => Sent]>([
    [
      'of a login',
      atTheLogin,
      (path) => ({ path, fields: { login_id: 'ada@example.com', password: STAGE_PASSWORD } }),
    ],
    [
      'of a forced change',
      atTheChange,
      (path) => ({ path, fields: { new_password: CHOSEN, confirmation: CHOSEN } }),
    ],
    [
      'that starts a login over',
      atTheChange,
      (path) => ({ path: path.replace('/change-password', '/start-over'), fields: {} }),
    ],
    [
      'that has a new password judged',
      atTheChange,
      (path) => ({ path: `${path}/strength`, fields: { password: CHOSEN }, json: true }),
    ],
    ['that signs out', atTheSettings, () => ({ path: '/settings/sign-out', fields: {} })],
    [
      'that has the first password judged',
      atTheFirstRun,
      (path) => ({ path: `${path}/strength`, fields: { password: CHOSEN }, json: true }),
    ],
    [
      'of the first run',
      atTheFirstRun,
      (path) => ({ path, fields: { email: 'mallory@example.com', new_password: CHOSEN } }),
    ],
  ])('%s is refused, and changes nothing', async (_, arrive, describeForm) => {
    const [browser, page] = await arrive();
    const [, elsewhere] = await atTheLogin();
    const cookies = await browser.cookies();
    const { latchkey_csrf: _seed, ...withoutSeed } = cookies;
    const sent = describeForm(page.url.pathname);
    const withToken = (csrf: string): Sent => ({ ...sent, fields: { ...sent.fields, csrf } });
    const token = page.forms[0]?.fields.csrf ?? '';
    expect(token).toMatch(/^[\w-]{43}$/);

    const tries: [string, Sent, Record<string, string>, Record<string, string>?][] = [
      ['no token', sent, cookies],
      ['an invented token', withToken('A'.repeat(43)), cookies],
      ['the token of another browser', withToken(elsewhere.forms[0]?.fields.csrf ?? ''), cookies],
      ['the cookie as the token', withToken(cookies.latchkey_csrf ?? ''), cookies],
      ['a token too long', withToken(`${token}A`), cookies],
      ['no cookie of ours', withToken(token), {}],
      ['no cookie against forgery', withToken(token), withoutSeed],
      ['a cookie that was planted', withToken(token), { ...cookies, latchkey_csrf: 'A'.repeat(43) }],
      ['another site', withToken(token), cookies, { 'sec-fetch-site': 'cross-site' }],
      ['a neighbor of the site', withToken(token), cookies, { 'sec-fetch-site': 'same-site' }],
    ];
    await unchanged(async () => {
      for (const [what, form, jar, headers] of tries) {
        const answer = await send(form, jar, headers);
        expect([what, answer.status]).toEqual([what, 403]);
        expect(answer.text).toContain(sent.json ? '"ForgedRequest"' : 'This form could not be checked');
        expect(answer.headers.location).toBeUndefined();
      }
    });
    const genuine = await send(withToken(token), cookies, { 'sec-fetch-site': 'same-origin' });
    expect([200, 303]).toContain(genuine.status);
  });

  it('of a logout that an app asked for is refused, and the session stays', async () => {
    const [browser] = await atTheSettings();
    const page = await browser.open(`${stage.server.origin}/oauth2/end_session`);
    expect(page.heading).toBe('Sign out?');
    const answer = await browser.send(page, { xsrf: 'A'.repeat(43), logout: 'yes' });
    expect(answer.status).toBe(400);
    expect((await stage.settings(browser)).heading).toBe('Your account');
    await browser.send(page, { logout: 'yes' });
    expect((await stage.settings(browser)).heading).toBe('Sign in');
  });
});

describe('a form', () => {
  it.each([
    ['sent twice over', 'password=x&password=y', 'application/x-www-form-urlencoded', 400],
    ['as JSON', '{}', 'application/json', 415],
    ['as parts', '--x--', 'multipart/form-data; boundary=x', 415],
    ['as plain text', 'csrf=x', 'text/plain', 415],
    ['of nothing', '', 'application/x-www-form-urlencoded', 403],
  ])('%s is refused on a page', async (_, body, type, status) => {
    const [, page] = await atTheLogin();
    for (const path of [
      page.url.pathname,
      `${page.url.pathname}/change-password`,
      '/settings/sign-out',
      '/first-run',
    ]) {
      const asked = { method: 'POST', path, headers: { accept: 'text/html', 'content-type': type }, body };
      const answer = await unchanged(() => sendRaw(stage.server.port, asked));
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    }
  });

  it('is sent by POST alone, and its page answers HEAD as it does GET', async () => {
    const [browser, page] = await atTheSettings();
    const cookies = Object.entries(await browser.cookies()).map(([name, value]) => `${name}=${value}`);
    const headers = {
      cookie: cookies.join('; '),
      'x-http-method-override': 'POST',
      'x-method-override': 'POST',
    };
    const ask = (method: string, path: string) => sendRaw(stage.server.port, { method, path, headers });
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS']) {
      const path = `/settings/sign-out?_method=POST&csrf=${page.forms[0]?.fields.csrf}`;
      expect([method, (await ask(method, path)).status]).toEqual([method, 404]);
    }
    expect((await stage.settings(browser)).heading).toBe('Your account');
    for (const path of [
      '/settings',
      '/settings/signed-out',
      '/portal/',
      '/healthz',
      '/nowhere',
      '/first-run',
    ]) {
      const [head, get] = [await ask('HEAD', path), await ask('GET', path)];
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      expect(head.headers['content-security-policy']?.length).toBe(
        get.headers['content-security-policy']?.length,
      );
    }
  });
});
