import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FIRST_PASSWORD, type TestPages, testPages } from '../../../../../tests/support/hosted-pages.ts';

const PATH = '/first-run';

let pages: TestPages;
let token: string;
let runs = 0;
let form: { email: string; new_password: string };

beforeAll(async () => {
  pages = await testPages();
});
afterAll(() => pages.stop());
beforeEach(async () => {
  await pages.database.kysely.deleteFrom('instance.collaborators').execute();
  token = (await pages.projects.firstRun.renew()) ?? '';
  form = { email: `olga-${++runs}@example.com`, new_password: FIRST_PASSWORD };
});

const arrive = async () => {
  const browser = pages.browser();
  const moved = await browser.get(`${PATH}?token=${token}`);
  expect([moved.status, moved.location]).toEqual([303, PATH]);
  return { browser, page: await browser.get(PATH) };
};

test('the token leaves the address before anything is shown, into a cookie no script reads', async () => {
  const browser = pages.browser();
  const moved = await browser.get(`${PATH}?token=${token}`);
  expect([moved.status, moved.location, moved.text]).toEqual([303, PATH, '']);
  expect(moved.headers.get('referrer-policy')).toBe('no-referrer');
  expect(moved.headers.get('cache-control')).toBe('no-store');
  expect(moved.headers.get('set-cookie')).toMatch(
    /^latchkey_first_run=[\w-]+; Max-Age=3600; Path=\/first-run; HttpOnly; SameSite=Lax$/,
  );
  const page = await browser.get(PATH);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain(token);
});

test('it makes the owner, once', async () => {
  const { browser, page } = await arrive();
  expect(page.text).toContain('Welcome to Latchkey');
  const made = await browser.post(PATH, form);
  expect([made.status, made.location]).toEqual([303, `${PATH}/done`]);
  expect((await browser.get(`${PATH}/done`)).text).toContain('href="/portal/"');
  expect(browser.cookies.has('latchkey_first_run')).toBe(false);
  const [owner, ...more] = await pages.projects.collaborators.listFor('home');
  expect([owner?.role, more.length]).toEqual(['owner', 0]);

  const other = pages.browser();
  await other.get(`${PATH}?token=${token}`);
  const used = await other.get(PATH);
  expect([used.status, used.text.includes('This link cannot be used')]).toEqual([403, true]);
});

test('opening the link twice does not use it up', async () => {
  await arrive();
  const { browser } = await arrive();
  expect((await browser.post(PATH, form)).status).toBe(303);
});

test('of two that hold the page open only one makes an owner', async () => {
  const first = await arrive();
  const second = await arrive();
  const answers = await Promise.all([
    first.browser.post(PATH, form),
    second.browser.post(PATH, { ...form, email: `otto-${runs}@example.com` }),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 403]);
  expect(await pages.projects.collaborators.listFor('home')).toHaveLength(1);
});

test.each([
  ['an expired one', async () => pages.clock.advance(61 * 60_000)],
  ['one renewed meanwhile', async () => void (await pages.projects.firstRun.renew())],
])('%s is refused at the form too', async (_, happens) => {
  const { browser } = await arrive();
  await happens();
  expect((await browser.post(PATH, form)).status).toBe(403);
  expect((await browser.get(PATH)).status).toBe(403);
  expect(await pages.projects.collaborators.listFor('home')).toEqual([]);
});

test.each(['', 'x', 'a'.repeat(5_000), '\u0000', '"><script>'])('the token %j opens nothing', async (bad) => {
  const browser = pages.browser();
  await browser.get(`${PATH}?token=${encodeURIComponent(bad)}`);
  expect((await browser.get(PATH)).status).toBe(403);
});

test('without the link there is nothing, and "done" is not said before it is', async () => {
  const browser = pages.browser();
  expect((await browser.get(PATH)).status).toBe(403);
  expect((await browser.get(`${PATH}/done`)).location).toBe(PATH);
});

test.each([
  [{ email: '' }, 'email', 'Enter an email address'],
  [{ email: 'no address' }, 'email', 'Enter an email address'],
  [{ email: 'olga@example.com\u0000' }, 'email', 'Enter an email address'],
  [{ new_password: '' }, 'new_password', 'Choose a password.'],
  [{ new_password: 'short' }, 'new_password', 'satisfies every rule below'],
  [{ new_password: 'my latchkey' }, 'new_password', 'satisfies every rule below'],
])('%j is refused under its field, and the link stays good', async (change, field, words) => {
  const { browser } = await arrive();
  const { status, text } = await browser.post(PATH, { ...form, ...change });
  expect(status).toBe(400);
  expect(text).toMatch(new RegExp(`id="${field}-error".*${words}`));
  expect((await browser.post(PATH, form)).status).toBe(303);
});

test('an address that is another user’s is refused under its field', async () => {
  await pages.createUser(form.email);
  const { browser } = await arrive();
  const { status, text } = await browser.post(PATH, form);
  expect([status, text.includes('A user with this address exists already.')]).toEqual([400, true]);
});

test('the judge knows the address that is being typed, and nobody without the link', async () => {
  const { browser } = await arrive();
  const ask = (headers: Record<string, string> = {}) =>
    browser.send(`${PATH}/strength`, JSON.stringify({ password: `x ${form.email}`, login_id: form.email }), {
      'content-type': 'application/json',
      'x-csrf-token': browser.token(),
      ...headers,
    });
  const { status, text } = await ask();
  expect(status).toBe(200);
  expect(JSON.parse(text).rules.PasswordContainingExcludedKeywords).toBe(false);
  await pages.projects.firstRun.void();
  expect((await ask()).status).toBe(403);
});

test('no other project has a first run', async () => {
  await pages.projects.create(
    { id: 'other', name: 'Other' },
    { actor: { type: 'command_line' }, origin: {} },
  );
  const browser = pages.browser('other');
  for (const path of [PATH, `${PATH}?token=${token}`, `${PATH}/done`]) {
    expect((await browser.get(path)).status).toBe(404);
  }
  expect((await browser.post(PATH, form)).status).toBe(404);
});
