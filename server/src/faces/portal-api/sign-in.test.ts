import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPortal, testPortal } from '../../../../tests/support/portal.ts';
import { sha256 } from '../../platform/ids.ts';
import { revokeAllSessions } from '../../sessions/index.ts';

let portal: TestPortal;
let operator: string;

beforeAll(async () => {
  portal = await testPortal();
  operator = await portal.addOperator('ada@example.com');
});
afterAll(() => portal.stop());

test('a sign-in is a code with PKCE for the built-in client, and leads back to where it began', async () => {
  const browser = portal.browser();
  const start = await browser.get('/portal/login?to=%2Fportal%2Fproject%2Fhome%2Fusers%3Fsearch%3Da');
  expect(start.status).toBe(303);
  const authorize = new URL(start.location ?? '', portal.origin);
  expect(authorize.pathname).toBe('/oauth2/authorize');
  expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
    client_id: 'portal',
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: 'http://localhost:4000/portal/callback',
  });
  const back = await browser.get(await portal.authorize(start.location ?? '', operator));
  expect([back.status, back.location]).toEqual([303, '/portal/project/home/users?search=a']);
  expect([...browser.cookies.keys()]).toEqual(['latchkey_portal']);
  expect((await browser.get('/portal/api/me')).json.operator.email).toBe('ada@example.com');
});

test('the cookies are out of reach of scripts, and the id stands in the database as a hash only', async () => {
  const browser = portal.browser();
  await browser.signIn(operator);
  for (const line of browser.setCookies) expect(line).toMatch(/; HttpOnly; SameSite=Lax$/);
  const id = browser.cookies.get('latchkey_portal') ?? '';
  const rows = await portal.database.acrossProjects.selectFrom('portal_sessions').selectAll().execute();
  expect(rows.some(({ id_hash }) => id_hash.equals(sha256(id)))).toBe(true);
  expect(JSON.stringify(rows)).not.toContain(id);
});

test('no link leads out of the portal', async () => {
  for (const to of [
    'https://evil.example/',
    '//evil.example/portal/',
    '/portal/..//evil.example',
    '/settings',
  ]) {
    expect(await portal.browser().signIn(operator, to)).toBe('/portal/');
  }
});

test('a target that was planted in the cookie is refused as well', async () => {
  const browser = portal.browser();
  const start = await browser.get('/portal/login');
  const [state, verifier] = (browser.cookies.get('latchkey_portal_login') ?? '').split('.');
  browser.cookies.set('latchkey_portal_login', `${state}.${verifier}.%2F%2Fevil.example%2Fportal%2F`);
  const back = await browser.get(await portal.authorize(start.location ?? '', operator));
  expect(back.location).toBe('/portal/');
});

test('a callback with another state signs nobody in and starts again', async () => {
  const browser = portal.browser();
  const start = await browser.get('/portal/login');
  const back = new URL(await portal.authorize(start.location ?? '', operator));
  back.searchParams.set('state', 'A'.repeat(43));
  const answer = await browser.get(back.href);
  expect([answer.status, answer.location]).toEqual([303, '/portal/login']);
  expect(browser.cookies.has('latchkey_portal')).toBe(false);
});

test("a callback in another browser signs nobody in: somebody else's code is of no use", async () => {
  const start = await portal.browser().get('/portal/login');
  const victim = portal.browser();
  const answer = await victim.get(await portal.authorize(start.location ?? '', operator));
  expect(answer.location).toBe('/portal/login');
  expect(victim.cookies.size).toBe(0);
});

test('the way back over the callback leads who is signed in to the portal', async () => {
  const browser = portal.browser();
  const start = await browser.get('/portal/login');
  const back = await portal.authorize(start.location ?? '', operator);
  await browser.get(back);
  expect((await browser.get(back)).location).toBe('/portal/');
});

test('a code that is not good, and an error of the login, are told on a page', async () => {
  for (const query of ['code=nonsense', 'error=access_denied&error_description=%3Cb%3Eno', '']) {
    const browser = portal.browser();
    const start = await browser.get('/portal/login');
    const state = new URL(start.location ?? '', portal.origin).searchParams.get('state');
    const answer = await browser.get(`/portal/callback?${query}&state=${state}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.text).not.toContain('<b>no');
    expect(browser.cookies.has('latchkey_portal')).toBe(false);
  }
});

test('a login that was revoked meanwhile opens no session', async () => {
  const browser = portal.browser();
  const start = await browser.get('/portal/login');
  const back = await portal.authorize(start.location ?? '', operator);
  const home = portal.database.forProject('home');
  await home.transaction((tx) => revokeAllSessions(tx, portal, operator));
  expect((await browser.get(back)).status).toBe(400);
  expect(browser.cookies.has('latchkey_portal')).toBe(false);
});

test('each sign-in has a new id, and the one before is void', async () => {
  const browser = portal.browser();
  await browser.signIn(operator);
  const former = browser.cookies.get('latchkey_portal') ?? '';
  await browser.signIn(operator);
  expect(browser.cookies.get('latchkey_portal')).not.toBe(former);
  const thief = portal.browser();
  thief.cookies.set('latchkey_portal', former);
  expect((await thief.get('/portal/api/me')).status).toBe(401);
});
