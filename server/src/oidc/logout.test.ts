import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Browser,
  browserOf,
  CALLBACK,
  detailOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  type Tokens,
  testApp,
} from '../../../tests/support/oidc.ts';
import { listAudit } from '../audit/index.ts';
import { sessionStore } from '../sessions/index.ts';
import type { User } from '../users/index.ts';

const GOODBYE = 'https://app.example/goodbye';

let server: OidcServer;
let app: TestApp;
let origin: string;
let alice: User;
let browser: Browser;
let count = 0;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server, { postLogoutRedirectURIs: [GOODBYE] });
  origin = (await server.project()).origin;
});
beforeEach(async () => {
  alice = await server.createUser(`alice${count++}@example.com`);
  browser = browserOf(server, origin);
});
afterAll(() => server.stop());

interface Question {
  action: string;
  fields: Record<string, string>;
  confirm: { name: string; value: string };
}

const userInfo = (tokens: Tokens) => client.fetchUserInfo(app.config, tokens.access_token, alice.id);
const sessions = () => sessionStore(server.db()).list(alice.id, server.clock.now());

/** Opens the logout page as the app would, and returns what it asks. */
async function ask(tokens: Tokens): Promise<Question> {
  const url = client.buildEndSessionUrl(app.config, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: GOODBYE,
    state: 'farewell',
  });
  const { text } = await browser.open(url);
  expect(text).toContain('logout question');
  return detailOf<Question>(text);
}

const answer = ({ action, fields, confirm }: Question, yes: boolean) =>
  browser.open(action, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...(yes ? { [confirm.name]: confirm.value } : {}) }),
  });

describe('logout, asked for by an app', () => {
  it('asks first, then ends the session and what lives with it, and leads back to the app', async () => {
    const tokens = await app.signIn(alice, { scope: 'openid' }, browser);
    const question = await ask(tokens);
    expect(await sessions()).toHaveLength(1);

    const { left } = await answer(question, true);
    expect(left?.href).toBe(`${GOODBYE}?state=farewell`);
    expect(await sessions()).toEqual([]);
    await expect(userInfo(tokens)).rejects.toThrow();
    expect(browser.cookies.has('latchkey_session')).toBe(false);
  });

  it('is recorded', async () => {
    await answer(await ask(await app.signIn(alice, {}, browser)), true);
    const { items } = await listAudit(server.db(), { userIDs: [alice.id] }, { limit: 1 });
    expect(items).toMatchObject([
      { activityType: 'USER_SIGNED_OUT', actor: { type: 'user', userID: alice.id }, ipAddress: '192.0.2.7' },
    ]);
  });

  it('leaves the session where the answer is no, and takes the grant of that app alone', async () => {
    const other = await testApp(server, { name: 'Other' });
    const tokens = await app.signIn(alice, { scope: 'openid' }, browser);
    const kept = await other.signIn(alice, { scope: 'openid' }, browser);
    const { left } = await answer(await ask(tokens), false);
    expect(left?.href).toBe(`${GOODBYE}?state=farewell`);
    expect(await sessions()).toMatchObject([{ clientIDs: [other.clientID] }]);
    await expect(userInfo(tokens)).rejects.toThrow();
    await client.fetchUserInfo(other.config, kept.access_token, alice.id);
  });

  it('of that app alone lets it sign its user in again, in the session that is still there', async () => {
    for (const _again of [1, 2]) {
      const tokens = await app.signIn(alice, { scope: 'openid' }, browser);
      await answer(await ask(tokens), false);
      await expect(userInfo(tokens)).rejects.toThrow();
    }
    await userInfo(await app.signIn(alice, { scope: 'openid' }, browser));
    expect(await sessions()).toHaveLength(1);
  });

  it('leaves what was granted for the time without the user (offline_access)', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    await answer(await ask(tokens), true);
    await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '');
  });

  it('does nothing for a forged answer', async () => {
    const tokens = await app.signIn(alice, { scope: 'openid' }, browser);
    const question = await ask(tokens);
    const { response } = await answer({ ...question, fields: { xsrf: 'f'.repeat(48) } }, true);
    expect(response.status).toBe(400);
    expect(await sessions()).toHaveLength(1);
  });

  it('goes to no address that is not registered', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    const { left, response } = await browser.open(
      client.buildEndSessionUrl(app.config, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: CALLBACK,
      }),
    );
    expect([left, response.status]).toEqual([undefined, 400]);
  });

  it('does not ask where nobody is signed in', async () => {
    const tokens = await app.signIn(alice, {}, browserOf(server, origin));
    const url = client.buildEndSessionUrl(app.config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: GOODBYE,
      state: 'farewell',
    });
    expect((await browser.open(url)).left?.href).toBe(`${GOODBYE}?state=farewell`);
    expect((await browser.open('/oauth2/end_session')).text).toContain('signed out');
  });
});

describe('signing out on our own pages', () => {
  it('ends the session of this browser and takes its cookie', async () => {
    await app.signIn(alice, {}, browser);
    expect(JSON.parse((await browser.open('/who')).text)).toMatchObject({
      userID: alice.id,
      sessionEpoch: 0,
    });
    const { value = '' } = browser.cookies.get('latchkey_session') ?? {};
    await browser.open('/sign-out');
    expect(browser.cookies.has('latchkey_session')).toBe(false);
    expect(await sessions()).toEqual([]);
    browser.cookies.set('latchkey_session', { value, path: '/' });
    expect((await browser.open('/who')).text).toBe('null');
  });

  it('ends a session by its name', async () => {
    await app.signIn(alice, {}, browser);
    const [session] = await sessions();
    const [oidc] = server.processes;
    await oidc.endSession(await server.project(), session?.uid ?? '');
    expect(await sessions()).toEqual([]);
    await oidc.endSession(await server.project(), 'no-such-session');
  });
});
