import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserOf,
  CALLBACK,
  type OidcServer,
  oidcServer,
  type TestApp,
  testApp,
} from '../../../tests/support/oidc.ts';
import { sha256 } from '../platform/ids.ts';
import type { User } from '../users/index.ts';

const TIMES = 20;

let server: OidcServer;
let app: TestApp;
let alice: User;
let origin: string;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server);
  alice = await server.createUser('alice@example.com');
  origin = (await server.project()).origin;
});
afterAll(() => server.stop());

const freshBrowser = () => browserOf(server, origin);
const authorize = () => app.authorize(alice, {}, freshBrowser());
const refresh = (tokens: { refresh_token?: string }) =>
  client.refreshTokenGrant(app.config, tokens.refresh_token ?? '');
const refused = { error: 'invalid_grant' };

/** Does the same thing many times at once; each either succeeds or is refused. */
async function atOnce<T>(act: () => Promise<T>): Promise<{ won: T[]; reasons: unknown[] }> {
  const settled = await Promise.allSettled(Array.from({ length: TIMES }, act));
  return {
    won: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    reasons: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.error] : [])),
  };
}

describe('a code', () => {
  it('is redeemed once, however many try at the same moment', async () => {
    const authorized = await authorize();
    const { won, reasons } = await atOnce(() => app.redeem(authorized));
    expect(won).toHaveLength(1);
    expect(reasons).toEqual(Array(TIMES - 1).fill('invalid_grant'));
  });

  it('that comes a second time takes all that came of it along', async () => {
    const authorized = await authorize();
    const tokens = await app.redeem(authorized);
    await client.fetchUserInfo(app.config, tokens.access_token, alice.id);
    await expect(app.redeem(authorized)).rejects.toMatchObject(refused);
    await expect(client.fetchUserInfo(app.config, tokens.access_token, alice.id)).rejects.toThrow();
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
  });

  it('of another app is refused, and not used up by it', async () => {
    const authorized = await authorize();
    const other = await testApp(server, { name: 'Other' });
    await expect(other.redeem(authorized)).rejects.toMatchObject(refused);
    await app.redeem(authorized);
  });

  it('is refused with another redirect URI than it was asked for with', async () => {
    const two = await testApp(server, { redirectURIs: [CALLBACK, 'https://app.example/other'] });
    const { code, verifier } = await two.authorize(alice, {}, freshBrowser());
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: two.clientID,
      redirect_uri: 'https://app.example/other',
      code,
      code_verifier: verifier,
    });
    const response = await server.fetch(`${origin}/oauth2/token`, { method: 'POST', body });
    expect(await response.json()).toMatchObject(refused);
  });
});

describe('a refresh token', () => {
  it('is rotated with each use, and goes on', async () => {
    const first = await app.redeem(await authorize());
    const second = await refresh(first);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const third = await refresh(second);
    expect(await client.fetchUserInfo(app.config, third.access_token, alice.id)).toMatchObject({
      sub: alice.id,
    });
  });

  it('is rotated once, however many try at the same moment', async () => {
    const tokens = await app.redeem(await authorize());
    const { won, reasons } = await atOnce(() => refresh(tokens));
    expect(won).toHaveLength(1);
    expect(reasons).toEqual(Array(TIMES - 1).fill('invalid_grant'));
  });

  it('that was rotated and comes again takes the whole family along', async () => {
    const first = await app.redeem(await authorize());
    const second = await refresh(first);
    const third = await refresh(second);
    await expect(refresh(first)).rejects.toMatchObject(refused);
    await expect(refresh(third)).rejects.toMatchObject(refused);
    await expect(client.fetchUserInfo(app.config, third.access_token, alice.id)).rejects.toThrow();
  });

  it('leaves the sign-ins of other browsers alone when its family falls', async () => {
    const elsewhere = await app.redeem(await authorize());
    const first = await app.redeem(await authorize());
    await refresh(first);
    await expect(refresh(first)).rejects.toMatchObject(refused);
    await refresh(elsewhere);
  });

  it('used by two at the same moment revokes nothing: the one goes on, the other is refused', async () => {
    const tokens = await app.redeem(await authorize());
    // As if another request had used it up after this one began.
    const used = await refresh(tokens);
    await server
      .db()
      .kysely.updateTable('oidc_artifacts')
      .set({ consumed_at: new Date(server.clock.now().getTime() + 60_000) })
      .where('project_id', '=', 'home')
      .where('id_hash', '=', sha256(tokens.refresh_token ?? ''))
      .execute();
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    await refresh(used);
  });

  it('ends after thirty days without use', async () => {
    const first = await app.redeem(await authorize());
    server.clock.advance(29 * 24 * 60 * 60_000);
    const second = await refresh(first);
    server.clock.advance(29 * 24 * 60 * 60_000);
    const third = await refresh(second);
    server.clock.advance(31 * 24 * 60 * 60_000);
    await expect(refresh(third)).rejects.toMatchObject(refused);
  });
});
