import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserOf,
  detailOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  testApp,
} from '../../../tests/support/oidc.ts';
import type { User } from '../users/index.ts';

let server: OidcServer;
let app: TestApp;
let alice: User;
let bob: User;
let origin: string;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server);
  [alice, bob] = [await server.createUser('alice'), await server.createUser('bob')];
  origin = (await server.project()).origin;
});
afterAll(() => server.stop());

const promptsSupported = async (): Promise<string[]> => {
  const response = await server.fetch(`${origin}/.well-known/openid-configuration`);
  return ((await response.json()) as { prompt_values_supported: string[] }).prompt_values_supported;
};

const setSignup = async (value: boolean | undefined): Promise<void> =>
  server.projects.setSetting(await server.project(), 'login.signup_enabled', value, {
    actor: { type: 'command_line' },
    origin: {},
  });

describe('prompt=create (Initiating User Registration via OpenID Connect 1.0)', () => {
  it('is announced, and leads to a login that begins with the sign-up', async () => {
    expect(await promptsSupported()).toEqual(['none', 'login', 'consent', 'create']);
    const browser = browserOf(server, origin);
    const { end, ...begun } = await app.begin({ prompt: 'create' }, browser);
    expect(`${end.url.pathname}${end.url.search}`).toMatch(/^\/login\/[\w-]+\?prompt=create$/);
    // Every page of the login has its cookie, not only the first.
    expect(browser.cookies.get('latchkey_login')?.path).toBe(end.url.pathname);

    const { left } = await browser.open(`${end.url.pathname}?user=${alice.id}`);
    if (!left) throw new Error('the login did not end in the app');
    const code = left.searchParams.get('code') ?? '';
    const tokens = await app.redeem({ ...begun, callback: left, code });
    expect(tokens.claims()).toMatchObject({ sub: alice.id });
  });

  it('asks also who is signed in, whose place the new user takes', async () => {
    const browser = browserOf(server, origin);
    await app.signIn(alice, {}, browser);
    const { end } = await app.begin({ prompt: 'create' }, browser);
    expect(end.url.search).toBe('?prompt=create');
    const { left } = await browser.open(`${end.url.pathname}?user=${bob.id}`);
    expect(left?.searchParams.get('code')).toBeTruthy();
    expect(JSON.parse((await browser.open('/who')).text)).toMatchObject({ userID: bob.id });
  });

  it('is answered by one login where it is asked for together with prompt=login', async () => {
    const authorized = await app.authorize(alice, { prompt: 'create login' }, browserOf(server, origin));
    expect(authorized.code).toBeTruthy();
  });

  it('is neither announced nor taken where nobody may sign up', async () => {
    await setSignup(false);
    try {
      expect(await promptsSupported()).toEqual(['none', 'login', 'consent']);
      const { end } = await app.begin({ prompt: 'create' }, browserOf(server, origin));
      const told = end.left?.searchParams.get('error') ?? detailOf<{ error: string }>(end.text).error;
      expect(told).toBe('invalid_request');
    } finally {
      await setSignup(undefined);
    }
    expect(await promptsSupported()).toContain('create');
  });
});
