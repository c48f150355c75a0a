import { sql } from 'kysely';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Browser,
  browserOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  testApp,
} from '../../../tests/support/oidc.ts';
import { sha256 } from '../platform/ids.ts';
import type { User } from '../users/index.ts';
import { artifactStore } from './artifact-store.ts';
import { clientStore } from './client-store.ts';
import { findInteraction } from './find-interaction.ts';
import { findToken } from './find-token.ts';
import { grantStore } from './grant-store.ts';

let server: OidcServer;
let home: TestApp;
let shop: TestApp;
let alice: User;
let browser: Browser;
let origins: { home: string; shop: string };

beforeAll(async () => {
  server = await oidcServer();
  home = await testApp(server, { type: 'web' });
  shop = await testApp(server, { type: 'web' }, 'shop');
  alice = await server.createUser('alice@example.com');
  origins = { home: (await server.project()).origin, shop: (await server.project('shop')).origin };
  browser = browserOf(server, origins.home);
});
afterAll(() => server.stop());

describe('another project', () => {
  it('knows no app of this one', async () => {
    const { end } = await shop.begin({ client_id: home.clientID }, browserOf(server, origins.shop));
    expect([end.left, end.response.status]).toEqual([undefined, 400]);
  });

  it('knows no session, code or token of this one', async () => {
    const tokens = await home.signIn(alice, {}, browser);
    const there = browserOf(server, origins.shop);
    for (const [name, cookie] of browser.cookies) there.cookies.set(name, cookie);
    expect((await there.open('/who')).text).toBe('null');
    expect((await shop.begin({ prompt: 'none' }, there)).end.left?.searchParams.get('error')).toBe(
      'login_required',
    );

    const { code, verifier } = await home.authorize(alice, {}, browser);
    for (const [path, body] of [
      [
        '/oauth2/token',
        {
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
          redirect_uri: 'https://app.example/callback',
        },
      ],
      ['/oauth2/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }],
    ] as const) {
      const auth = { client_id: shop.clientID, client_secret: shop.clientSecret ?? '' };
      const response = await server.fetch(origins.shop + path, {
        method: 'POST',
        body: new URLSearchParams({ ...body, ...auth }),
      });
      expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
    }
    expect(await client.tokenIntrospection(shop.config, tokens.access_token)).toEqual({ active: false });
    await expect(client.fetchUserInfo(shop.config, tokens.access_token, alice.id)).rejects.toThrow();
    await client.tokenRevocation(shop.config, tokens.refresh_token ?? '');
    await client.fetchUserInfo(home.config, tokens.access_token, alice.id);
  });

  it('takes no cookie of a login of this one, even where it has a login of that very name', async () => {
    const own = browserOf(server, origins.home);
    const { end } = await home.begin({}, own);
    await sql`
      insert into oidc_artifacts (project_id, model, id_hash, payload, created_at, expires_at)
      select 'shop', model, id_hash, payload, created_at, expires_at from oidc_artifacts
      where project_id = 'home' and model = 'Interaction'`.execute(server.db().kysely);
    const there = browserOf(server, origins.shop);
    for (const [name, cookie] of own.cookies) there.cookies.set(name, cookie);
    expect((await there.open(end.url.pathname)).text).toBe('null');
    expect((await own.open(end.url.pathname)).text).toContain(home.clientID);
  });

  it('finds nothing of this one in any store', async () => {
    const now = server.clock.now();
    const [hash, grantHash] = [sha256('token'), sha256('grant')];
    const expiresAt = new Date(now.getTime() + 60_000);
    const owner = { userID: alice.id, sessionEpoch: 0 };
    await grantStore(server.db()).upsert(
      { idHash: grantHash, ...owner, clientID: 'x', payload: {}, expiresAt },
      now,
    );
    await artifactStore(server.db(), 'AccessToken').upsert(
      { idHash: hash, grantHash, owner, payload: {}, expiresAt },
      now,
    );

    const other = server.db('shop');
    const login = { idHash: sha256('login'), payload: {}, expiresAt };
    await artifactStore(server.db(), 'Interaction').upsert(login, now);
    expect(await findInteraction(other, login.idHash, now)).toBeUndefined();
    expect(await findInteraction(server.db(), login.idHash, now)).toEqual({ payload: {} });

    const store = artifactStore(other, 'AccessToken');
    expect(await findToken(other, hash, now)).toBeUndefined();
    expect(await store.consume(hash, now)).toBe(false);
    await store.revoke(hash, now);
    await store.revokeByGrant(grantHash, now);
    await grantStore(other).revoke(grantHash, now);
    expect(await grantStore(other).isRevoked(grantHash)).toBe(false);
    await grantStore(other).removeOfClient('x');
    await grantStore(other).removeExpired(new Date(now.getTime() + 120_000));
    expect(await grantStore(other).find(grantHash, now)).toBeUndefined();
    expect(await clientStore(other).find(home.clientID)).toBeUndefined();
    expect(await clientStore(other).remove(home.clientID)).toBeUndefined();
    await clientStore(other).setSecret(home.clientID, 'planted', now);
    const changed = { name: 'x', type: 'web' as const, redirectURIs: [], postLogoutRedirectURIs: [] };
    await clientStore(other).update(home.clientID, changed, now);
    expect((await clientStore(other).list()).map(({ clientID }) => clientID)).toEqual([shop.clientID]);

    expect(await clientStore(server.db()).find(home.clientID)).toMatchObject({ name: 'Example' });
    await client.tokenIntrospection(home.config, 'any');
    expect(await grantStore(server.db()).find(grantHash, now)).toEqual({});
    expect(await findToken(server.db(), hash, now)).toMatchObject({ owner });
  });
});

describe('what stands in the database', () => {
  /** Every row of every table as text. */
  async function dump(): Promise<string> {
    const { kysely } = server.db();
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'instance')`.execute(kysely);
    const texts = tables.map(async ({ name }) => {
      const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.raw(name)} t`.execute(
        kysely,
      );
      return rows.map(({ text }) => text).join('\n');
    });
    return (await Promise.all(texts)).join('\n');
  }

  it('holds no token, code, cookie or secret in clear', async () => {
    const own = browserOf(server, origins.home);
    const tokens = await home.signIn(alice, {}, own);
    const open = await home.authorize(alice, {}, own);
    const hint = tokens.id_token ?? '';
    const { end } = await home.begin({ prompt: 'login', id_token_hint: hint }, own);
    const finished = await home.begin({ prompt: 'login' }, own);
    await own.step(`${finished.end.url.pathname}?user=${alice.id}`);
    const uid = (url: URL) => url.pathname.slice('/login/'.length);

    const secrets = {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      idToken: hint,
      idTokenSignature: hint.split('.')[2],
      code: open.code,
      verifier: open.verifier,
      interaction: uid(end.url),
      finishedInteraction: uid(finished.end.url),
      session: own.cookies.get('latchkey_session')?.value,
      clientSecret: home.clientSecret,
    };
    const all = await dump();
    expect(all).toContain(alice.id);
    for (const [what, secret] of Object.entries(secrets)) {
      expect(secret, what).toMatch(/.{20,}/);
      expect(all.includes(secret ?? ''), `${what} in clear`).toBe(false);
    }
  });

  it('does not appear in the log either', () => expect(server.log).toEqual([]));
});
