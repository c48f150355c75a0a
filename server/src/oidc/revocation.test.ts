import { sql } from 'kysely';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Begun,
  type Browser,
  browserOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  type Tokens,
  testApp,
} from '../../../tests/support/oidc.ts';
import { revokeAllSessions, sessionStore } from '../sessions/index.ts';
import { type User, userStore } from '../users/index.ts';

let server: OidcServer;
let app: TestApp;
let web: TestApp;
let origin: string;
let alice: User;
let browser: Browser;
let count = 0;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server);
  web = await testApp(server, { name: 'Web', type: 'web' });
  origin = (await server.project()).origin;
});
beforeEach(async () => {
  alice = await server.createUser(`alice${count++}@example.com`);
  browser = browserOf(server, origin);
});
afterAll(() => server.stop());

const refresh = (tokens: Tokens) => client.refreshTokenGrant(app.config, tokens.refresh_token ?? '');
const userInfo = (tokens: Tokens) => client.fetchUserInfo(app.config, tokens.access_token, alice.id);
const isActive = async (token = '') => (await client.tokenIntrospection(web.config, token)).active;
const revokeAll = () => server.db().transaction((tx) => revokeAllSessions(tx, server, alice.id));
const refused = { error: 'invalid_grant' };

describe('introspection', () => {
  it('tells a server of the project about its tokens, and a browser about its own alone', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    expect(await client.tokenIntrospection(web.config, tokens.access_token)).toMatchObject({
      active: true,
      sub: alice.id,
      client_id: app.clientID,
      iss: origin,
      token_type: 'Bearer',
    });
    expect(await isActive(tokens.refresh_token)).toBe(true);
    const other = await testApp(server, { name: 'Other' });
    expect(await client.tokenIntrospection(other.config, tokens.access_token)).toEqual({ active: false });
    expect(await client.tokenIntrospection(app.config, tokens.access_token)).toMatchObject({ active: true });
  });

  it('knows no token that does not exist', async () => {
    expect(await isActive('made-up')).toBe(false);
  });

  it('says that an access token ends after half an hour', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    server.clock.advance(30 * 60_000);
    expect(await isActive(tokens.access_token)).toBe(false);
    await expect(userInfo(tokens)).rejects.toThrow();
  });
});

describe('revocation by the app', () => {
  it('of a refresh token ends all that came of the same sign-in', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    await client.tokenRevocation(app.config, tokens.refresh_token ?? '');
    expect(await isActive(tokens.access_token)).toBe(false);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    // The session lives on, and the app gets a new grant in it.
    await userInfo(await app.signIn(alice, { prompt: 'none' }, browser));
  });

  it('does nothing to tokens of another app', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    await client.tokenRevocation(web.config, tokens.refresh_token ?? '');
    await refresh(tokens);
  });
});

describe('revoking all sessions of a user', () => {
  it('ends session, grant, code, refresh and access token at once', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    const authorized = await app.authorize(alice, {}, browser);
    await revokeAll();

    await expect(app.redeem(authorized)).rejects.toMatchObject(refused);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    await expect(userInfo(tokens)).rejects.toThrow();
    expect(await isActive(tokens.access_token)).toBe(false);
    expect(await isActive(tokens.refresh_token)).toBe(false);
    expect(await sessionStore(server.db()).list(alice.id, server.clock.now())).toEqual([]);
    expect((await browser.open('/who')).text).toBe('null');
    const { end } = await app.begin({ prompt: 'none' }, browser);
    expect(end.left?.searchParams.get('error')).toBe('login_required');
  });

  it('ends what is only raised, too: no row has to be touched', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    await userStore(server.db()).raiseSessionEpoch(alice.id);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    await expect(userInfo(tokens)).rejects.toThrow();
    expect((await browser.open('/who')).text).toBe('null');
  });

  it('leaves other users alone', async () => {
    const bob = await server.createUser(`bob${count++}@example.com`);
    const tokens = await app.signIn(bob, {}, browser);
    await revokeAll();
    await client.fetchUserInfo(app.config, tokens.access_token, bob.id);
    await refresh(tokens);
  });

  it('between the login and the way back to the app asks for the login again, and grants nothing', async () => {
    const { end } = await app.begin({}, browser);
    const finished = await browser.step(`${end.url.pathname}?user=${alice.id}`);
    await revokeAll();
    const { left, url } = await browser.open(finished.headers.get('location') ?? '');
    expect(left).toBeUndefined();
    expect(url.pathname).toMatch(/^\/login\//);
    expect(await sessionStore(server.db()).list(alice.id, server.clock.now())).toEqual([]);
  });

  it('while a request is under way leaves it with a void code, and its browser without the old cookie', async () => {
    await app.signIn(alice, {}, browser);
    const { kysely } = server.db();
    const isBlocked = async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(kysely);
      return rows.length > 0;
    };
    let begun: ReturnType<TestApp['begin']> | undefined;
    const cookies: string[] = [];
    const watched: Browser = {
      ...browser,
      async open(url, init) {
        const response = await browser.step(url, init);
        cookies.push(...response.headers.getSetCookie());
        return {
          response,
          text: '',
          url: new URL(url),
          left: new URL(response.headers.get('location') ?? ''),
        };
      },
    };
    await server.db().transaction(async (tx) => {
      await tx.kysely
        .selectFrom('sessions')
        .select('uid')
        .where('project_id', '=', 'home')
        .where('user_id', '=', alice.id)
        .forUpdate()
        .execute();
      begun = app.begin({}, watched);
      while (!(await isBlocked()));
      await revokeAllSessions(tx, server, alice.id);
    });
    const { end, ...rest } = (await begun) ?? {};
    expect(cookies.filter((cookie) => cookie.startsWith('latchkey_session='))).toEqual([]);
    const callback = end?.left ?? new URL(origin);
    const code = callback.searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    await expect(app.redeem({ ...(rest as Begun), callback, code })).rejects.toMatchObject(refused);
  });

  it('lets the same browser sign in again', async () => {
    await app.signIn(alice, {}, browser);
    await revokeAll();
    await userInfo(await app.signIn(alice, {}, browser));
  });
});

describe('a newer password', () => {
  it('that leaves sessions alone still sends a login that proved the older one back to its start', async () => {
    const { end } = await app.begin({}, browser);
    const finished = await browser.step(`${end.url.pathname}?user=${alice.id}`);
    await userStore(server.db()).raisePasswordVersion(alice.id);
    const { left, url } = await browser.open(finished.headers.get('location') ?? '');
    expect([left, url.pathname.startsWith('/login/')]).toEqual([undefined, true]);
  });
});

describe('an account that may not be used any more', () => {
  it('is nobody: no session, no refresh, no userinfo, no active token', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    await server
      .db()
      .kysely.updateTable('users')
      .set({ is_disabled: true })
      .where('project_id', '=', 'home')
      .where('id', '=', alice.id)
      .execute();
    expect([await isActive(tokens.access_token), await isActive(tokens.refresh_token)]).toEqual([
      false,
      false,
    ]);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    await expect(userInfo(tokens)).rejects.toThrow();
    expect((await browser.open('/who')).text).toBe('null');
    const { end } = await app.begin({}, browser);
    expect(end.url.pathname).toMatch(/^\/login\//);
    expect((await app.begin({ prompt: 'none' }, browser)).end.left?.searchParams.get('error')).toBe(
      'login_required',
    );
  });

  it('is nobody from the moment on that a period begins, and somebody again when it has passed', async () => {
    const tokens = await app.signIn(alice, {}, browser);
    const minutes = (count: number) => new Date(server.clock.now().getTime() + count * 60_000);
    await server
      .db()
      .kysely.updateTable('users')
      .set({ temporarily_disabled_from: minutes(5), temporarily_disabled_until: minutes(10) })
      .where('project_id', '=', 'home')
      .where('id', '=', alice.id)
      .execute();
    expect(await isActive(tokens.access_token)).toBe(true);
    expect(await userInfo(tokens)).toMatchObject({ sub: alice.id });
    server.clock.advance(5 * 60_000);
    expect(await isActive(tokens.access_token)).toBe(false);
    await expect(userInfo(tokens)).rejects.toThrow();
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    expect((await browser.open('/who')).text).toBe('null');
    server.clock.advance(5 * 60_000);
    expect(await isActive(tokens.access_token)).toBe(true);
  });
});
