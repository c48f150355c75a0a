import { createHash } from 'node:crypto';
import { get } from 'node:http';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserOf,
  CALLBACK,
  detailOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  testApp,
} from '../../../tests/support/oidc.ts';
import { sessionStore } from '../sessions/index.ts';
import type { User } from '../users/index.ts';

let server: OidcServer;
let app: TestApp;
let alice: User;
let origin: string;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server);
  alice = await server.createUser('Alice@Example.com');
  origin = (await server.project()).origin;
});
afterAll(() => server.stop());

const freshBrowser = () => browserOf(server, origin);

describe('discovery', () => {
  it('names the endpoints as Authgear does, on the origin of the project', async () => {
    expect(app.config.serverMetadata()).toMatchObject({
      issuer: origin,
      authorization_endpoint: `${origin}/oauth2/authorize`,
      token_endpoint: `${origin}/oauth2/token`,
      userinfo_endpoint: `${origin}/oauth2/userinfo`,
      introspection_endpoint: `${origin}/oauth2/introspect`,
      revocation_endpoint: `${origin}/oauth2/revoke`,
      jwks_uri: `${origin}/oauth2/jwks`,
      end_session_endpoint: `${origin}/oauth2/end_session`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('takes host and protocol from the project, not from the request', async () => {
    const response = await server.fetch(`${origin}/.well-known/openid-configuration`, {
      headers: {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      },
    });
    const text = await response.text();
    expect(text).toContain(`"issuer":"${origin}"`);
    expect(text).not.toContain('evil');
  });
});

describe('the code flow', () => {
  it('ends in the app with tokens for the user', async () => {
    const tokens = await app.signIn(alice, {}, freshBrowser());
    const claims = tokens.claims();
    expect(claims).toMatchObject({ sub: alice.id, iss: origin, aud: app.clientID, amr: ['pwd'] });
    expect(claims?.auth_time).toBeTypeOf('number');
    expect(tokens).toMatchObject({
      token_type: 'bearer',
      expires_in: 1_800,
      scope: 'openid profile email offline_access',
    });
    expect(tokens.refresh_token).toBeTypeOf('string');
  });

  it('signs ID tokens with the active key of the project, for an hour', async () => {
    const { id_token = '' } = await app.signIn(alice, {}, freshBrowser());
    const [header, payload] = id_token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    const [active] = await server.projects.signingKeys(await server.project()).jwks();
    const { iat, exp } = JSON.parse(payload ?? '');
    expect(JSON.parse(header ?? '')).toMatchObject({ alg: 'RS256', kid: active?.kid });
    expect(exp - iat).toBe(3_600);
  });

  it('publishes no private part of a key', async () => {
    const { keys } = await (await server.fetch(`${origin}/oauth2/jwks`)).json();
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('tells by userinfo what the scopes bring, and no more', async () => {
    const { access_token } = await app.signIn(alice, { scope: 'openid email' }, freshBrowser());
    expect(await client.fetchUserInfo(app.config, access_token, alice.id)).toEqual({
      sub: alice.id,
      email: 'alice@example.com',
      email_verified: false,
    });
    const bob = await server.createUser('bob_the_builder');
    const tokens = await app.signIn(bob, { scope: 'openid profile' }, freshBrowser());
    expect(await client.fetchUserInfo(app.config, tokens.access_token, bob.id)).toEqual({
      sub: bob.id,
      preferred_username: 'bob_the_builder',
      updated_at: Math.floor(bob.updatedAt.getTime() / 1_000),
    });
  });

  it('gives a refresh token only with offline_access', async () => {
    const tokens = await app.signIn(alice, { scope: 'openid' }, freshBrowser());
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('takes prompt=consent, as many libraries send it, without asking', async () => {
    const tokens = await app.signIn(alice, { prompt: 'consent' }, freshBrowser());
    expect(tokens.refresh_token).toBeTypeOf('string');
  });

  it('answers a second app in the same session without a login, beside the first', async () => {
    const browser = freshBrowser();
    const first = await app.signIn(alice, { scope: 'openid email' }, browser);
    const other = await testApp(server, { name: 'Other' });
    const { end } = await other.begin({ prompt: 'none' }, browser);
    expect(end.left?.searchParams.get('code')).toBeTypeOf('string');
    await client.fetchUserInfo(app.config, first.access_token, alice.id);
  });

  it('answers two tabs of an app at the same moment, both with codes that work', async () => {
    const browser = freshBrowser();
    await (await testApp(server, { name: 'First' })).signIn(alice, {}, browser);
    const second = await testApp(server, { name: 'Second' });
    const tabs = await Promise.all(
      [1, 2, 3].map(() => second.authorize(alice, { scope: 'openid' }, browser)),
    );
    for (const tab of tabs) expect((await second.redeem(tab)).access_token).toBeTypeOf('string');
  });

  it('posts the answer where the app asks for it, by the one script our policy lets run', async () => {
    const browser = freshBrowser();
    await app.signIn(alice, {}, browser);
    const { end } = await app.begin({ response_mode: 'form_post' }, browser);
    expect(end.text).toContain(`<form method="post" action="${CALLBACK}">`);
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(end.text) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = end.response.headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('tells the login page what the app asked for', async () => {
    const { end } = await app.begin({ login_hint: 'alice', ui_locales: 'de en' }, freshBrowser());
    expect(end.url.pathname).toMatch(/^\/login\/[\w-]{43}$/);
    expect(JSON.parse(end.text)).toEqual({
      uid: end.url.pathname.slice('/login/'.length),
      clientID: app.clientID,
      clientName: 'Example',
      loginHint: 'alice',
      uiLocales: 'de en',
      redirectURI: CALLBACK,
    });
  });

  it('shows a login to no other browser', async () => {
    const { end } = await app.begin({}, freshBrowser());
    expect((await freshBrowser().open(end.url)).text).toBe('null');
  });

  it('shows a login to nobody who has only read its address', async () => {
    const { end } = await app.begin({}, freshBrowser());
    const uid = end.url.pathname.slice('/login/'.length);
    const thief = freshBrowser();
    for (const name of ['latchkey_login', 'latchkey_resume']) {
      thief.cookies.set(name, { value: uid, path: '/' });
      thief.cookies.set(`${name}.sig`, { value: 'A'.repeat(27), path: '/' });
    }
    expect((await thief.open(end.url)).text).toBe('null');
    const resumed = await thief.open(`/oauth2/authorize/${uid}`);
    expect(resumed.text).toContain('authorization request has expired');
  });

  it('gives the browser a session id that it did not have before the login', async () => {
    const browser = freshBrowser();
    const planted = 'planted-by-somebody-else-planted-by-somebody';
    browser.cookies.set('latchkey_session', { value: planted, path: '/' });
    await app.signIn(alice, {}, browser);
    const before = browser.cookies.get('latchkey_session')?.value;
    expect(before).not.toBe(planted);
    await app.signIn(alice, { prompt: 'login' }, browser);
    expect(browser.cookies.get('latchkey_session')?.value).not.toBe(before);
  });

  it('notes where a session came from, and its apps', async () => {
    const carol = await server.createUser('carol@example.com');
    await app.signIn(carol, {}, freshBrowser());
    expect(await sessionStore(server.db()).list(carol.id, server.clock.now())).toMatchObject([
      {
        userID: carol.id,
        clientIDs: [app.clientID],
        amr: ['pwd'],
        createdIP: '192.0.2.7',
        userAgent: 'TestBrowser/1',
      },
    ]);
  });

  it('ends the session of whoever was signed in in this browser before', async () => {
    const browser = freshBrowser();
    const dave = await server.createUser('dave@example.com');
    const before = await app.signIn(dave, { scope: 'openid' }, browser);
    const tokens = await app.signIn(alice, { prompt: 'login', scope: 'openid' }, browser);
    expect(tokens.claims()?.sub).toBe(alice.id);
    expect(await sessionStore(server.db()).list(dave.id, server.clock.now())).toEqual([]);
    await expect(client.fetchUserInfo(app.config, before.access_token, dave.id)).rejects.toThrow();
  });
});

describe('a secret-keeping app', () => {
  it('proves itself by its secret, and needs no PKCE', async () => {
    const web = await testApp(server, { type: 'web' });
    const browser = freshBrowser();
    const url = client.buildAuthorizationUrl(web.config, { redirect_uri: CALLBACK, scope: 'openid' });
    const { end } = await web.begin({}, browser);
    await browser.open(`${end.url.pathname}?user=${alice.id}`);
    const { left = new URL(CALLBACK) } = await browser.open(url);
    const tokens = await client.authorizationCodeGrant(web.config, left);
    expect(tokens.access_token).toBeTypeOf('string');
  });

  it('is refused with a wrong secret', async () => {
    const web = await testApp(server, { type: 'web' });
    const authorized = await web.authorize(alice, {}, freshBrowser());
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: authorized.code,
      redirect_uri: CALLBACK,
      code_verifier: authorized.verifier,
      client_id: web.clientID,
      client_secret: 'wrong',
    });
    const response = await server.fetch(`${origin}/oauth2/token`, { method: 'POST', body });
    expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
  });

  it('may listen on any loopback port where it is a native one', async () => {
    const native = await testApp(server, { type: 'native', redirectURIs: ['http://127.0.0.1/cb'] });
    const { end } = await native.begin({ redirect_uri: 'http://127.0.0.1:61234/cb' }, freshBrowser());
    expect(end.url.pathname).toMatch(/^\/login\//);
  });
});

describe('what the app asks of the login', () => {
  it('answers prompt=none with login_required where nobody is signed in, and with a code after that', async () => {
    const browser = freshBrowser();
    const { end } = await app.begin({ prompt: 'none' }, browser);
    expect(end.left?.searchParams.get('error')).toBe('login_required');
    expect(end.left?.searchParams.get('iss')).toBe(origin);
    await app.signIn(alice, {}, browser);
    const again = await app.begin({ prompt: 'none' }, browser);
    expect(again.end.left?.searchParams.get('code')).toBeTypeOf('string');
  });

  it('asks for a login again with prompt=login', async () => {
    const browser = freshBrowser();
    await app.signIn(alice, {}, browser);
    expect((await app.begin({}, browser)).end.left).toBeDefined();
    expect((await app.begin({ prompt: 'login' }, browser)).end.url.pathname).toMatch(/^\/login\//);
  });

  it('asks for a login again when the last one is older than max_age', async () => {
    const browser = freshBrowser();
    await app.signIn(alice, {}, browser);
    expect((await app.begin({ max_age: '3600' }, browser)).end.left).toBeDefined();
    expect((await app.begin({ max_age: '0' }, browser)).end.url.pathname).toMatch(/^\/login\//);
  });

  it('answers prompt=none with login_required where a hint names somebody else', async () => {
    const browser = freshBrowser();
    const erin = await server.createUser('erin@example.com');
    const hint = (await app.signIn(erin, {}, freshBrowser())).id_token ?? '';
    await app.signIn(alice, {}, browser);
    const { end } = await app.begin({ prompt: 'none', id_token_hint: hint }, browser);
    expect(end.left?.searchParams.get('error')).toBe('login_required');
  });
});

describe('what cannot be answered', () => {
  it('stays on our page where the redirect URI is not registered', async () => {
    const { end } = await app.begin({ redirect_uri: 'https://evil.example/callback' }, freshBrowser());
    expect(end.left).toBeUndefined();
    expect(end.response.status).toBe(400);
    expect(detailOf(end.text)).toMatchObject({ error: 'invalid_redirect_uri' });
    expect(end.response.headers.get('content-security-policy')).toBe("default-src 'none'");
  });

  it.each([
    ['with another case', 'https://app.example/Callback'],
    ['with a query', `${CALLBACK}?a=1`],
    ['with a path below', `${CALLBACK}/x`],
    ['with a user before the host', 'https://app.example@evil.example/callback'],
    ['with another port', 'https://app.example:444/callback'],
  ])('compares redirect URIs letter by letter: %s', async (_what, uri) => {
    const { end } = await app.begin({ redirect_uri: uri }, freshBrowser());
    expect([end.left, end.response.status]).toEqual([undefined, 400]);
  });

  it('stays on our page for an app that does not exist', async () => {
    const { end } = await app.begin({ client_id: 'nobody' }, freshBrowser());
    expect(end.left).toBeUndefined();
    expect(detailOf(end.text)).toMatchObject({ error: 'invalid_client' });
  });

  it('refuses a public app without PKCE, or with the plain method', async () => {
    const query = { client_id: app.clientID, response_type: 'code', scope: 'openid', redirect_uri: CALLBACK };
    const plain = { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' };
    for (const more of [{}, plain] as Record<string, string>[]) {
      const { left } = await freshBrowser().open(
        `/oauth2/authorize?${new URLSearchParams({ ...query, ...more })}`,
      );
      expect(left?.searchParams.get('error')).toBe('invalid_request');
    }
  });

  it('refuses the implicit and hybrid flows', async () => {
    for (const response_type of ['token', 'id_token', 'code id_token']) {
      const { end } = await app.begin({ response_type }, freshBrowser());
      expect(`${end.left?.search}${end.left?.hash}`).toContain('error=unsupported_response_type');
    }
  });

  it('refuses a wrong PKCE verifier, and leaves the code to who has the right one', async () => {
    const authorized = await app.authorize(alice, {}, freshBrowser());
    await expect(
      app.redeem({ ...authorized, verifier: client.randomPKCECodeVerifier() }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await app.redeem(authorized)).access_token).toBeTypeOf('string');
  });

  it('refuses a code after a minute', async () => {
    const authorized = await app.authorize(alice, {}, freshBrowser());
    server.clock.advance(61_000);
    await expect(app.redeem(authorized)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('refuses a parameter with NUL', async () => {
    const response = await freshBrowser().step('/oauth2/authorize?client_id=x&state=%00');
    expect(response.status).toBe(400);
    expect(detailOf(await response.text())).toMatchObject({ error: 'invalid_request' });
  });

  it('refuses a body of more than 56 KB', async () => {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'x'.repeat(60_000) });
    const response = await server.fetch(`${origin}/oauth2/token`, { method: 'POST', body });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('answers with our page where no endpoint is', async () => {
    const { response, text } = await freshBrowser().open('/oauth2/nothing');
    expect(response.status).toBe(404);
    expect(text).toContain('not found');
  });

  it('answers a target in absolute form by the project, whatever host it names', async () => {
    const { hostname, port, host } = new URL(origin);
    const text = await new Promise<string>((resolve, reject) => {
      const path = 'http://evil.example/.well-known/openid-configuration';
      get({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      }).on('error', reject);
    });
    expect(JSON.parse(text).token_endpoint).toBe(`http://${hostname}:${port}/oauth2/token`);
  });
});
