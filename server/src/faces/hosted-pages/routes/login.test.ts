import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FIRST_PASSWORD, type TestPages, testPages } from '../../../../../tests/support/hosted-pages.ts';
import { listAudit } from '../../../audit/index.ts';
import { unavailable } from '../../../platform/errors.ts';

const LOGIN = '/login/uid-1';
const APP = '/oauth2/authorize/uid-1';

let pages: TestPages;
let aliceID: string;

beforeAll(async () => {
  pages = await testPages();
  aliceID = await pages.createUser('alice@example.com');
});
afterAll(() => pages.stop());
beforeEach(() => {
  pages.oidc.pending = { uid: 'uid-1', clientName: 'Example App', redirectURI: 'https://app.example/cb' };
  pages.oidc.finished.length = 0;
});

const arrive = async () => {
  const browser = pages.browser();
  await browser.get(LOGIN);
  return browser;
};

const signIn = async (login_id: string, password: string) =>
  (await arrive()).post(LOGIN, { login_id, password });

/** A page without what differs from one answer to the next: the token, and the login id as it was typed. */
const leveled = (html: string, loginID: string): string =>
  html.replaceAll(/name="csrf" value="[^"]+"/g, '').replaceAll(loginID, 'LOGIN ID');

test('the page names the app, and password managers and phones know its fields', async () => {
  const { text, status } = await pages.browser().get(LOGIN);
  expect(status).toBe(200);
  expect(text).toContain('to continue to Example App');
  expect(text).toMatch(/<input[^>]*autoComplete="username"[^>]*name="login_id"/i);
  expect(text).toMatch(/<input[^>]*autoComplete="current-password"[^>]*type="password"/i);
  expect(text).toContain('Email, phone or username');
});

test('the right password leads to the app, and says who came', async () => {
  const answer = await signIn(' Alice@Example.com ', FIRST_PASSWORD);
  expect([answer.status, answer.location]).toEqual([303, APP]);
  expect(pages.oidc.finished).toMatchObject([{ userID: aliceID, amr: ['pwd'] }]);
});

test('a wrong password, an unknown login id and an account without a password get the same answer', async () => {
  const wrong = await signIn('alice@example.com', 'not the password');
  const unknown = await signIn('nobody@example.com', 'not the password');
  const noLoginID = await signIn('\u0000 ☃', 'not the password');
  expect(wrong.status).toBe(401);
  expect(wrong.text).toContain('This combination is not right.');
  for (const [answer, loginID] of [
    [unknown, 'nobody@example.com'],
    [noLoginID, '\u0000 ☃'],
  ] as const) {
    expect(answer.status).toBe(401);
    expect(leveled(answer.text, loginID)).toBe(leveled(wrong.text, 'alice@example.com'));
  }
  expect(pages.oidc.finished).toEqual([]);
});

test.each([
  ['NUL', 'plover hinge 41\u0000'],
  ['60,000 characters', 'x'.repeat(60_000)],
  ['emoji', '🔑'.repeat(2_000)],
])('a password with %s is refused like a wrong one', async (_, password) => {
  const { status, text } = await signIn('alice@example.com', password);
  expect(status).toBe(401);
  expect(text).not.toContain(password);
});

test('100,000 characters are more than a form takes', async () => {
  const { status, text } = await signIn('alice@example.com', 'x'.repeat(100_000));
  expect(status).toBe(413);
  expect(text).toContain('That is more than this form takes');
});

test('an endless login id is refused, and not thrown back', async () => {
  const { status, text } = await signIn('a'.repeat(50_000), 'not the password');
  expect(status).toBe(401);
  expect(text).toContain(`value="${'a'.repeat(320)}"`);
});

test('empty fields are named each with its error, before anything is checked', async () => {
  const { status, text } = await signIn('', '');
  expect(status).toBe(400);
  expect(text).toMatch(/id="login_id-error".*Enter what you sign in with\./);
  expect(text).toMatch(/id="password-error".*Enter your password\./);
  expect(text).toContain('<title>Error: Sign in');
});

test('what was typed and what a project is called are text and never markup', async () => {
  const hostile = `"><script>alert(1)</script>{{t}}$t(login.title)'`;
  pages.oidc.pending = { uid: 'uid-1', clientName: hostile, loginHint: hostile };
  const { text } = await signIn(hostile, 'not the password');
  expect(text).not.toContain('<script>alert');
  expect(text.split('&lt;script&gt;alert(1)&lt;/script&gt;{{t}}$t(login.title)')).toHaveLength(4);
});

test('a disabled account is told so only to who knows its password', async () => {
  const bobID = await pages.createUser('bob@example.com');
  await pages.database
    .forProject('home')
    .kysely.updateTable('users')
    .set({ is_disabled: true, disable_reason: 'left the <company>' })
    .where('project_id', '=', 'home')
    .where('id', '=', bobID)
    .execute();
  const wrong = await signIn('bob@example.com', 'not the password');
  expect(wrong.status).toBe(401);
  expect(wrong.text).not.toContain('disabled');
  const right = await signIn('bob@example.com', FIRST_PASSWORD);
  expect(right.status).toBe(403);
  expect(right.text).toContain('“left the &lt;company&gt;”');
  expect(pages.oidc.finished).toEqual([]);
});

test('a login that is not this browser’s, or over, says so', async () => {
  const browser = await arrive();
  for (const pending of [undefined, { uid: 'uid-2' }]) {
    pages.oidc.pending = pending;
    const seen = await browser.get(LOGIN);
    expect([seen.status, seen.text.includes('This sign-in has ended')]).toEqual([400, true]);
    const sent = await browser.post(LOGIN, { login_id: 'alice@example.com', password: FIRST_PASSWORD });
    expect(sent.status).toBe(400);
  }
  expect(pages.oidc.finished).toEqual([]);
});

test('a proof that was overtaken by a new password starts over, with a word about it', async () => {
  const carolID = await pages.createUser('carol@example.com', { mustChange: true });
  const browser = await arrive();
  const proved = await browser.post(LOGIN, { login_id: 'carol@example.com', password: FIRST_PASSWORD });
  expect(proved.location).toBe(`${LOGIN}/change-password`);
  await pages.database
    .forProject('home')
    .kysely.updateTable('users')
    .set((eb) => ({ password_version: eb('password_version', '+', 1) }))
    .where('project_id', '=', 'home')
    .where('id', '=', carolID)
    .execute();
  const change = await browser.get(`${LOGIN}/change-password`);
  expect([change.status, change.location]).toEqual([303, LOGIN]);
  expect((await browser.get(LOGIN)).text).toContain('Your account changed while you were signing in');
});

test('back and reload after the password was right lead on, and finish once', async () => {
  const browser = await arrive();
  await browser.post(LOGIN, { login_id: 'alice@example.com', password: FIRST_PASSWORD });
  const again = await browser.get(LOGIN);
  expect(again.status).toBe(200);
  expect(pages.oidc.finished).toHaveLength(1);
});

test('two tabs sign in with one browser', async () => {
  const browser = pages.browser();
  await browser.get(LOGIN);
  const first = browser.token();
  await browser.get(LOGIN);
  expect(browser.token()).toBe(first);
  const answer = await browser.post(LOGIN, {
    csrf: first,
    login_id: 'alice@example.com',
    password: FIRST_PASSWORD,
  });
  expect(answer.location).toBe(APP);
});

test.each([
  ['the app’s wish', 'de', 'en', 'lang="de"'],
  ['the browser’s', undefined, 'de-CH,de;q=0.9', 'lang="de"'],
  ['English otherwise', 'fr', 'it', 'lang="en"'],
])('the language is %s, on errors too', async (_, uiLocales, acceptLanguage, expected) => {
  pages.oidc.pending = { uid: 'uid-1', uiLocales };
  const browser = pages.browser();
  const headers = { 'accept-language': acceptLanguage };
  expect((await browser.get(LOGIN, headers)).text).toContain(expected);
  const refused = await browser.post(LOGIN, { login_id: 'a', password: 'b' }, headers);
  expect(refused.text).toContain(expected);
});

test('the form may lead to the app that asked, by way of its own redirects', async () => {
  const csp = (await pages.browser().get(LOGIN)).headers.get('content-security-policy');
  expect(csp).toContain("form-action 'self' https:;");
});

test('with too many passwords in line the form asks to come back, and keeps the login id', async () => {
  const full = () =>
    Promise.reject(unavailable('HashingQueueFull', 'too many at once', { retry_after_seconds: 2 }));
  const busy = await testPages({ hasher: { hash: full, verify: full, needsRehash: () => false } });
  try {
    const browser = busy.browser();
    await browser.get(LOGIN);
    const answer = await browser.post(LOGIN, { login_id: 'alice@example.com', password: 'x' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(answer.text).toContain('value="alice@example.com"');
    expect(answer.text).toContain('more sign-ins than it can check');
  } finally {
    await busy.stop();
  }
});

test('a project sees only its own users', async () => {
  await pages.projects.create(
    { id: 'other', name: 'Other <b>' },
    { actor: { type: 'command_line' }, origin: {} },
  );
  await pages.createUser('dave@example.com', { projectID: 'other' });
  const home = await signIn('dave@example.com', FIRST_PASSWORD);
  expect(home.status).toBe(401);
  const browser = pages.browser('other');
  const page = await browser.get(LOGIN);
  expect(page.text).toContain('Other &lt;b&gt;');
  const right = await browser.post(LOGIN, { login_id: 'dave@example.com', password: FIRST_PASSWORD });
  expect(right.location).toBe(APP);
});

test('the label says what people sign in with here', async () => {
  await pages.set('login.identity_types', ['email']);
  try {
    const { text } = await pages.browser().get(LOGIN);
    expect(text).toMatch(/<label[^>]*>Email<\/label>/);
  } finally {
    await pages.set('login.identity_types', undefined);
  }
});

test('/login on its own leads to the account', async () => {
  const { status, location } = await pages.browser().get('/login');
  expect([status, location]).toEqual([303, '/settings']);
});

test('the audit log says which app a login was for', async () => {
  const userID = await pages.createUser('app@example.com');
  pages.oidc.pending = { uid: 'uid-1', clientID: 'app-1' };
  await signIn('app@example.com', 'wrong');
  await signIn('app@example.com', FIRST_PASSWORD);
  const { items } = await listAudit(
    pages.database.forProject('home'),
    { userIDs: [userID], activityTypes: ['USER_AUTHENTICATED', 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED'] },
    { limit: 5 },
  );
  expect(items.map(({ clientID }) => clientID)).toEqual(['app-1', 'app-1']);
});

test('ten wrong passwords are told to wait, in words, known or not, and the right one with them', async () => {
  const failTen = async (loginID: string) => {
    for (let index = 0; index < 10; index++) expect((await signIn(loginID, 'wrong')).status).toBe(401);
  };
  await pages.createUser('dora@example.com');
  await failTen('dora@example.com');
  await failTen('nobody-10@example.com');
  const known = await signIn('dora@example.com', 'wrong');
  const unknown = await signIn('nobody-10@example.com', 'wrong');
  const right = await signIn('dora@example.com', FIRST_PASSWORD);
  expect(known.text).toContain('There were too many failed attempts. Wait 15 minutes, or set a new password');
  for (const answer of [known, unknown, right]) {
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('900');
    expect([...answer.headers.keys()].sort()).toEqual([...known.headers.keys()].sort());
  }
  expect(leveled(unknown.text, 'nobody-10@example.com')).toBe(leveled(known.text, 'dora@example.com'));
  expect(leveled(right.text, 'dora@example.com')).toBe(leveled(known.text, 'dora@example.com'));
  expect(pages.oidc.finished).toEqual([]);

  pages.clock.advance(15 * 60_000);
  expect((await signIn('dora@example.com', FIRST_PASSWORD)).status).toBe(303);
});

test('a hundred wrong passwords in a row close the account, with a way forward', async () => {
  await pages.createUser('erik@example.com');
  for (let index = 0; index < 100; index++) {
    expect((await signIn('erik@example.com', 'wrong')).status).toBe(401);
    if (index % 10 === 9) pages.clock.advance(15 * 60_000);
  }
  const answer = await signIn('erik@example.com', FIRST_PASSWORD);
  expect(answer.status).toBe(429);
  expect(answer.text).toContain('Set a new password with “Forgot password?”');
});
