import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPages, testPages } from '../../../../../tests/support/hosted-pages.ts';

let pages: TestPages;
let userID: string;

beforeAll(async () => {
  pages = await testPages();
  userID = await pages.createUser('alice@example.com');
});
afterAll(() => pages.stop());

test('without a session it starts a login of its own, at the project’s own origin', async () => {
  pages.oidc.session = undefined;
  const { status, location } = await pages.browser().get('/settings?ui_locales=de');
  expect(status).toBe(303);
  const url = new URL(location ?? '');
  expect(url.origin + url.pathname).toBe('http://localhost:4000/oauth2/authorize');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    client_id: 'settings',
    response_type: 'code',
    redirect_uri: 'http://localhost:4000/settings/callback',
    code_challenge_method: 'S256',
    ui_locales: 'de',
  });
});

test('with one it says who is signed in', async () => {
  pages.oidc.session = { userID };
  const { status, text } = await pages.browser().get('/settings');
  expect(status).toBe(200);
  expect(text).toContain('You are signed in as alice@example.com.');
});

test('as many tabs as one likes may come back from a login', async () => {
  pages.oidc.session = { userID };
  const browser = pages.browser();
  for (const code of ['one', 'two']) {
    const answer = await browser.get(`/settings/callback?code=${code}`);
    expect([answer.status, answer.location]).toEqual([303, '/settings']);
  }
});

test('back from a login that made no session it ends, rather than going in circles', async () => {
  pages.oidc.session = undefined;
  const answer = await pages.browser().get('/settings/callback?error=access_denied');
  expect([answer.status, answer.text.includes('This sign-in has ended')]).toEqual([400, true]);
});

test('signing out takes a click on our own page', async () => {
  pages.oidc.session = { userID };
  const browser = pages.browser();
  await browser.get('/settings');
  expect((await browser.post('/settings/sign-out', { csrf: 'forged' })).status).toBe(403);
  expect(pages.oidc.session).toBeDefined();
  const out = await browser.post('/settings/sign-out', {});
  expect([out.status, out.location]).toEqual([303, '/settings/signed-out']);
  expect(pages.oidc.session).toBeUndefined();
  expect((await browser.get('/settings/signed-out')).text).toContain('You are signed out');
});

test('a session of a user who is gone is none', async () => {
  pages.oidc.session = { userID: '01890000-0000-7000-8000-000000000000' };
  expect((await pages.browser().get('/settings')).status).toBe(303);
});
