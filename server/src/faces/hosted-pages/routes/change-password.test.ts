import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  FIRST_PASSWORD,
  type TestBrowser,
  type TestPages,
  testPages,
} from '../../../../../tests/support/hosted-pages.ts';

const NEW_PASSWORD = 'walnut orbit 73';

let pages: TestPages;
let logins = 0;
let LOGIN: string;
let CHANGE: string;
let APP: string;

beforeAll(async () => {
  pages = await testPages();
});
afterAll(() => pages.stop());
beforeEach(() => {
  const uid = `uid-${++logins}`;
  LOGIN = `/login/${uid}`;
  CHANGE = `${LOGIN}/change-password`;
  APP = `/oauth2/authorize/${uid}`;
  pages.oidc.pending = { uid, redirectURI: 'https://app.example/cb' };
  pages.oidc.finished.length = 0;
});

/** A browser that stands before the forced change of a user of its own. */
async function arrive(): Promise<{ browser: TestBrowser; email: string; userID: string }> {
  const email = `user-${logins}@example.com`;
  const userID = await pages.createUser(email, { mustChange: true });
  const browser = pages.browser();
  await browser.get(LOGIN);
  const proved = await browser.post(LOGIN, { login_id: email, password: FIRST_PASSWORD });
  expect([proved.status, proved.location]).toEqual([303, CHANGE]);
  await browser.get(CHANGE);
  return { browser, email, userID };
}

const both = (password: string) => ({ new_password: password, confirmation: password });

const judge = async (browser: TestBrowser, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await browser.send(`${CHANGE}/strength`, JSON.stringify(body), {
    'content-type': 'application/json',
    'x-csrf-token': browser.token(),
    ...headers,
  });
  return { ...answer, body: JSON.parse(answer.text) as Record<string, unknown> };
};

test('the new password leads to the app, and the old one nowhere', async () => {
  const { browser, email, userID } = await arrive();
  const { text } = await browser.get(CHANGE);
  expect(text).toContain(`Choose a new password for ${email}`);
  expect(text).toMatch(/<input[^>]*autoComplete="new-password"[^>]*passwordrules="minlength: 8;/i);
  const changed = await browser.post(CHANGE, both(NEW_PASSWORD));
  expect([changed.status, changed.location]).toEqual([303, APP]);
  expect(pages.oidc.finished).toMatchObject([{ userID, amr: ['pwd'] }]);

  const old = await browser.post(LOGIN, { login_id: email, password: FIRST_PASSWORD });
  expect(old.status).toBe(401);
  const fresh = await browser.post(LOGIN, { login_id: email, password: NEW_PASSWORD });
  expect(fresh.location).toBe(APP);
});

test('leaving it grants nothing: every address leads back to the change', async () => {
  const { browser } = await arrive();
  const back = await browser.get(LOGIN);
  expect([back.status, back.location]).toEqual([303, CHANGE]);
  expect((await browser.get(CHANGE)).status).toBe(200);
  expect(pages.oidc.finished).toEqual([]);
});

test('out of order it changes nothing, and leads to the step that is due', async () => {
  await pages.createUser('early@example.com');
  const browser = pages.browser();
  await browser.get(LOGIN);
  for (const answer of [await browser.get(CHANGE), await browser.post(CHANGE, both(NEW_PASSWORD))]) {
    expect([answer.status, answer.location]).toEqual([303, LOGIN]);
  }
  const { status } = await judge(browser, { password: NEW_PASSWORD });
  expect(status).toBe(403);
  expect(pages.oidc.finished).toEqual([]);
});

test.each([
  ['nothing', '', '', 'new_password', 'Enter a new password.'],
  ['two that differ', NEW_PASSWORD, 'walnut orbit 74', 'confirmation', 'The two passwords are not the same.'],
  ['one that is too short', 'a', 'a', 'new_password', 'satisfies every rule below'],
])('%s is refused under its field', async (_, new_password, confirmation, field, words) => {
  const { browser } = await arrive();
  const { status, text } = await browser.post(CHANGE, { new_password, confirmation });
  expect(status).toBe(400);
  expect(text).toMatch(new RegExp(`id="${field}-error".*${words}`));
  expect(text).toMatch(new RegExp(`<input[^>]*id="${field}"[^>]*aria-invalid="true"`));
  expect(text).toContain('<title>Error: Change your password');
  expect(pages.oidc.finished).toEqual([]);
});

test.each([
  ['the user’s own address', (email: string) => `${email}!`, 'PasswordContainingExcludedKeywords'],
  ['the password there is', () => FIRST_PASSWORD, 'PasswordSameAsCurrent'],
  ['NUL', () => `${NEW_PASSWORD}\u0000`, 'PasswordControlCharacter'],
  ['129 characters', () => 'é'.repeat(129), 'PasswordTooLong'],
  ['30,000 characters', () => 'x'.repeat(30_000), 'PasswordTooLong'],
])('%s breaks a rule, which the list shows', async (_, choose, rule) => {
  const { browser, email } = await arrive();
  const password = choose(email);
  const { status, text } = await browser.post(CHANGE, both(password));
  expect(status).toBe(400);
  expect(text).toMatch(new RegExp(`<li data-rule="broken" data-rule-name="${rule}"`));
  expect(text).not.toContain(password);
});

test('a policy names all that is missing at once', async () => {
  const { browser } = await arrive();
  await pages.set('passwords.digit_required', true);
  await pages.set('passwords.symbol_required', true);
  try {
    const { text } = await browser.post(CHANGE, both('abc'));
    const states = [...text.matchAll(/data-rule="(\w+)" data-rule-name="(\w+)"/g)].map((m) => [m[2], m[1]]);
    expect(states).toEqual([
      ['PasswordTooShort', 'broken'],
      ['PasswordDigitRequired', 'broken'],
      ['PasswordSymbolRequired', 'broken'],
      ['PasswordContainingExcludedKeywords', 'met'],
    ]);
  } finally {
    await pages.set('passwords.digit_required', undefined);
    await pages.set('passwords.symbol_required', undefined);
  }
});

test('somebody else can sign in instead', async () => {
  const { browser } = await arrive();
  const over = await browser.post(`${LOGIN}/start-over`, {});
  expect([over.status, over.location]).toEqual([303, LOGIN]);
  expect((await browser.get(LOGIN)).status).toBe(200);
  expect((await browser.get(CHANGE)).location).toBe(LOGIN);
});

test('a reset at the same moment wins', async () => {
  const { browser, userID } = await arrive();
  await pages.database
    .forProject('home')
    .kysely.updateTable('users')
    .set((eb) => ({ password_version: eb('password_version', '+', 1) }))
    .where('project_id', '=', 'home')
    .where('id', '=', userID)
    .execute();
  const answer = await browser.post(CHANGE, both(NEW_PASSWORD));
  expect([answer.status, answer.location]).toEqual([303, LOGIN]);
  expect(pages.oidc.finished).toEqual([]);
});

test('half an hour later the password has to be entered again', async () => {
  const { browser } = await arrive();
  pages.clock.advance(31 * 60_000);
  const answer = await browser.post(CHANGE, both(NEW_PASSWORD));
  expect([answer.status, answer.location]).toEqual([303, LOGIN]);
  expect((await browser.get(LOGIN)).text).toContain('or it took too long');
});

test('while typing, the server judges: rules, strength and a word for it', async () => {
  const { browser, email } = await arrive();
  const weak = await judge(browser, { password: 'abc' });
  expect(weak.status).toBe(200);
  expect(weak.headers.get('cache-control')).toBe('no-store');
  expect(weak.body).toEqual({
    rules: { PasswordTooShort: false, PasswordContainingExcludedKeywords: true },
    level: 1,
    word: 'very weak',
  });
  const own = await judge(browser, { password: `${email} ${email}` });
  expect(own.body.rules).toMatchObject({ PasswordContainingExcludedKeywords: false });
  const strong = await judge(
    browser,
    { password: 'walnut orbit 73 kettle brine' },
    { 'accept-language': 'de' },
  );
  expect(strong.body).toMatchObject({ level: 5, word: 'stark' });
});

test.each([
  ['without its token', { password: 'abc' }, { 'x-csrf-token': 'no' }, 403, 'ForgedRequest'],
  ['as a form', { password: 'abc' }, { 'content-type': 'text/plain' }, 400, 'UnsupportedMediaType'],
  ['with no object', 'abc', {}, 400, 'MalformedBody'],
  ['with too much', { password: 'x'.repeat(70_000) }, {}, 400, 'BodyTooLarge'],
])('asked %s, the judge refuses in JSON', async (_, body, headers, status, reason) => {
  const { browser } = await arrive();
  const answer = await judge(browser, body, headers);
  expect(answer.status).toBe(status);
  expect(answer.body.error).toMatchObject({ reason });
});

test.each([null, 1, {}, ['abc']])('the judge takes %j as a password for an empty one', async (password) => {
  const { browser } = await arrive();
  const { status, body } = await judge(browser, { password });
  expect([status, body.level]).toEqual([200, 1]);
});

test('the well-known address leads to the page', async () => {
  const browser = pages.browser();
  expect((await browser.get('/.well-known/change-password')).location).toBe('/change-password');
  expect((await browser.get('/change-password')).location).toBe('/settings/password');
});
