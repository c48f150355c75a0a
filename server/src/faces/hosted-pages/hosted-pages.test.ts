import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPages, testPages } from '../../../../tests/support/hosted-pages.ts';
import { notFound } from '../../platform/errors.ts';

const LOGIN = '/login/uid-1';
const FORM = 'application/x-www-form-urlencoded';

let pages: TestPages;

beforeAll(async () => {
  pages = await testPages();
});
afterAll(() => pages.stop());

const arrive = async () => {
  const browser = pages.browser();
  await browser.get(LOGIN);
  return browser;
};

test.each([
  ['GET', LOGIN, 200],
  ['GET', '/settings/signed-out', 200],
  ['GET', '/settings/callback', 400],
  ['GET', '/first-run', 403],
  ['POST', LOGIN, 403],
  ['POST', '/settings/sign-out', 403],
])('%s %s carries every guarding header', async (method, path, status) => {
  const browser = pages.browser();
  const answer = method === 'GET' ? await browser.get(path) : await browser.post(path, {});
  expect(answer.status).toBe(status);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'/),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(answer.text).not.toMatch(/<script(?![^>]* src="\/assets\/)| style=| on\w+=|javascript:/);
});

test.each(['/login', '/settings', '/change-password', '/.well-known/change-password', '/first-run?token=x'])(
  '%s leads on without leaving a trace',
  async (path) => {
    const { status, headers } = await pages.browser().get(path);
    expect(status).toBe(303);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  },
);

test('a field sent twice is refused: nobody could say which one counts', async () => {
  const browser = await arrive();
  const { status, text } = await browser.post(LOGIN, [
    ['csrf', browser.token()],
    ['login_id', 'alice@example.com'],
    ['login_id', 'mallory@example.com'],
    ['password', 'x'],
  ]);
  expect([status, text.includes('The form could not be read')]).toEqual([400, true]);
});

test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', ''])(
  'a form sent as %j is refused',
  async (type) => {
    const browser = await arrive();
    const body = `csrf=${browser.token()}&login_id=a&password=b`;
    expect((await browser.send(LOGIN, body, { 'content-type': type })).status).toBe(415);
  },
);

test.each([
  ['announced', { 'content-length': '70000' }],
  ['in chunks', { 'content-length': '' }],
])('a body over 64 KB, %s, is refused', async (_, headers) => {
  const browser = await arrive();
  const sent = { 'content-type': FORM, ...headers };
  if (sent['content-length'] === '') Reflect.deleteProperty(sent, 'content-length');
  const { status, text } = await browser.send(LOGIN, 'x'.repeat(70_000), sent);
  expect([status, text.includes('That is more than this form takes')]).toEqual([413, true]);
});

test.each(['', '=', '&&&', '%', '%00=%00', 'csrf', '%ff%fe=%zz', 'csrf[]=1&csrf[x]=2'])(
  'the body %j gets a page, not a failure',
  async (body) => {
    const browser = await arrive();
    expect((await browser.send(LOGIN, body, { 'content-type': FORM })).status).toBe(403);
  },
);

test('what fails is told by a number that stands in the log, and by nothing else', async () => {
  const before = pages.oidc.interaction;
  pages.oidc.interaction = () => Promise.reject(new Error('relation "sessions" does not exist'));
  try {
    const { status, text } = await pages.browser().get(LOGIN);
    expect(status).toBe(500);
    expect(text).not.toContain('relation');
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? 'none';
    const line = pages.log.find((logged) => logged.includes(id)) ?? '';
    expect(JSON.parse(line)).toMatchObject({ level: 'error', path: '/login/:uid' });
  } finally {
    pages.oidc.interaction = before;
  }
});

test('a login that ended while its form was on the way says so', async () => {
  const before = pages.oidc.interaction;
  pages.oidc.interaction = () => Promise.reject(notFound('LoginNotFound', 'this sign-in is over'));
  try {
    const { status, text } = await pages.browser().get(LOGIN);
    expect([status, text.includes('This sign-in has ended')]).toEqual([400, true]);
    expect(text).toContain('href="/settings"');
  } finally {
    pages.oidc.interaction = before;
  }
});

test('where not even the project’s looks can be read, the page is shown in ours', async () => {
  const before = pages.projects.settings;
  pages.projects.settings = () => Promise.reject(new Error('the database is gone'));
  try {
    const { status, text, headers } = await pages.browser().get(LOGIN);
    expect([status, text.includes('Something went wrong')]).toEqual([500, true]);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  } finally {
    pages.projects.settings = before;
  }
});

test('what is no page of ours is left to the app', async () => {
  expect((await pages.browser().get('/no-such-page')).status).toBe(404);
});
