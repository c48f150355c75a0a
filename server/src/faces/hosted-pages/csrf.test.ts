import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIRST_PASSWORD, type TestPages, testPages } from '../../../../tests/support/hosted-pages.ts';

const LOGIN = '/login/uid-1';

let pages: TestPages;
const fields = { login_id: 'alice@example.com', password: FIRST_PASSWORD };

beforeAll(async () => {
  pages = await testPages();
  await pages.createUser('alice@example.com');
  const acting = { actor: { type: 'command_line' }, origin: {} } as const;
  await pages.projects.create({ id: 'other', name: 'Other' }, acting);
  await pages.projects.create({ id: 'secure', name: 'Secure', origin: 'https://login.example' }, acting);
});
afterAll(() => pages.stop());

const arrive = async (projectID?: string) => {
  const browser = pages.browser(projectID);
  await browser.get(LOGIN);
  return browser;
};

test.each(['', 'forged', 'A'.repeat(43)])('the token %j is refused', async (csrf) => {
  const browser = await arrive();
  const { status, text } = await browser.post(LOGIN, { ...fields, csrf });
  expect(status).toBe(403);
  expect(text).toContain('This form could not be checked');
  expect(text).toContain(`href="${LOGIN}"`);
  expect(pages.oidc.finished).toEqual([]);
});

test('the token of another browser is refused', async () => {
  const [mine, theirs] = [await arrive(), await arrive()];
  expect((await mine.post(LOGIN, { ...fields, csrf: theirs.token() })).status).toBe(403);
});

test('the token of another project is refused, in the same browser', async () => {
  const [home, other] = [await arrive(), pages.browser('other')];
  for (const [name, value] of home.cookies) other.cookies.set(name, value);
  await other.get(LOGIN);
  expect(other.token()).not.toBe(home.token());
  expect((await home.post(LOGIN, { ...fields, csrf: other.token() })).status).toBe(403);
});

test('without its cookie a form is refused, and the page opened again works', async () => {
  const browser = await arrive();
  browser.cookies.clear();
  expect((await browser.post(LOGIN, fields)).status).toBe(403);
  await browser.get(LOGIN);
  expect((await browser.post(LOGIN, fields)).status).toBe(303);
  pages.oidc.finished.length = 0;
});

test.each(['cross-site', 'same-site'])(
  'a form sent from %s is refused, whatever it carries',
  async (site) => {
    const browser = await arrive();
    expect((await browser.post(LOGIN, fields, { 'sec-fetch-site': site })).status).toBe(403);
    expect(pages.oidc.finished).toEqual([]);
  },
);

test.each(['same-origin', 'none'])('a form sent from %s is our own', async (site) => {
  const browser = await arrive();
  const headers = { 'sec-fetch-site': site, origin: 'null' };
  expect((await browser.post(LOGIN, fields, headers)).status).toBe(303);
  pages.oidc.finished.length = 0;
});

test('every form is guarded', async () => {
  const browser = await arrive();
  for (const path of [
    `${LOGIN}/start-over`,
    `${LOGIN}/change-password`,
    '/settings/sign-out',
    '/first-run',
  ]) {
    expect([path, (await browser.post(path, { csrf: 'forged' })).status]).toEqual([path, 403]);
  }
});

test('the cookie is for this host alone, for no script, and ends with the browser', async () => {
  const cookieOf = async (projectID?: string) =>
    (await pages.browser(projectID).get(LOGIN)).headers.get('set-cookie');
  expect(await cookieOf('secure')).toMatch(
    /^__Host-latchkey_csrf=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(await cookieOf()).toMatch(/^latchkey_csrf=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('a cookie of another shape is replaced', async () => {
  const browser = pages.browser();
  browser.cookies.set('latchkey_csrf', 'planted');
  await browser.get(LOGIN);
  expect(browser.cookies.get('latchkey_csrf')).toMatch(/^[\w-]{43}$/);
});
