import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CALLBACK, type OidcServer, oidcServer, type TestApp, testApp } from '../../../tests/support/oidc.ts';
import { type Acting, listAudit } from '../audit/index.ts';
import { listSessions } from '../sessions/index.ts';
import type { User } from '../users/index.ts';
import type { Clients } from './index.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: { ipAddress: '192.0.2.1' } };
const ADDRESSES = {
  clientURI: 'https://app.example/',
  initiateLoginURI: 'https://app.example/login',
  backchannelLogoutURI: 'http://localhost:3000/ended',
};

/** How openid-client tells of `invalid_client`. */
const UNKNOWN_CLIENT = { cause: [{ parameters: { error: 'invalid_client' } }] };

let server: OidcServer;
let clients: Clients;
let app: TestApp;
let alice: User;
let count = 0;

beforeAll(async () => {
  server = await oidcServer();
  clients = server.processes[0].clients(await server.project());
});
beforeEach(async () => {
  app = await testApp(server, { type: 'web', ...ADDRESSES });
  alice = await server.createUser(`alice${count++}@example.com`);
});
afterAll(() => server.stop());

const revision = async (): Promise<bigint> => BigInt((await server.project()).revision);

async function lastEntry() {
  const activityTypes = ['CLIENT_UPDATED', 'CLIENT_DELETED', 'CLIENT_SECRET_ROTATED'] as const;
  const { items } = await listAudit(server.db(), { activityTypes }, { limit: 1 });
  return items[0];
}

/** How the token endpoint answers an app that proves itself with this secret; the code is no matter. */
async function answerTo(clientID: string, clientSecret = ''): Promise<string> {
  const { origin } = await server.project();
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'none',
    redirect_uri: CALLBACK,
    client_id: clientID,
    client_secret: clientSecret,
  });
  const response = await server.fetch(`${origin}/oauth2/token`, { method: 'POST', body });
  return ((await response.json()) as { error: string }).error;
}

describe('the addresses of an app', () => {
  it('are kept as they were given', async () => {
    expect(await clients.find(app.clientID)).toMatchObject(ADDRESSES);
  });

  it.each([
    ['clientURI', 'http://app.example/', /^clientURI: .+https:\/\/app\.example/],
    ['initiateLoginURI', 'com.example.app://login', /^initiateLoginURI: .+https:\/\//],
    ['initiateLoginURI', 'https://app.example/#login', /fragment/],
    ['backchannelLogoutURI', 'http://10.0.0.1/ended', /^backchannelLogoutURI: .+https:\/\/10\.0\.0\.1/],
    ['backchannelLogoutURI', 'https://me:you@app.example/', /names a user/],
    ['backchannelLogoutURI', 'app.example', /no complete address/],
    ['backchannelLogoutURI', `https://app.example/${'x'.repeat(2_000)}`, /longer than/],
  ])('refuse, as %s, %s', async (field, uri, message) => {
    const input = { name: 'App', type: 'native' as const, redirectURIs: ['com.example.app://cb'] };
    const refusal = { kind: 'Invalid', reason: 'InvalidClientURI', info: { field } };
    const made = clients.create({ ...input, [field]: uri }, acting);
    await expect(made).rejects.toMatchObject(refusal);
    await expect(made).rejects.toThrow(message);
    const before = await clients.find(app.clientID);
    await expect(clients.update(app.clientID, { [field]: uri }, acting)).rejects.toMatchObject(refusal);
    expect(await clients.find(app.clientID)).toEqual(before);
  });

  it('are none of an m2m app, but for its home page', async () => {
    const robot = { name: 'Robot', type: 'm2m' as const, redirectURIs: [] };
    const { clientID } = await clients.create({ ...robot, clientURI: ADDRESSES.clientURI }, acting);
    expect(await clients.find(clientID)).toMatchObject({ clientURI: ADDRESSES.clientURI });
    for (const field of ['initiateLoginURI', 'backchannelLogoutURI'] as const) {
      await expect(clients.create({ ...robot, [field]: ADDRESSES[field] }, acting)).rejects.toMatchObject({
        reason: 'InvalidClientURI',
        info: { field },
      });
    }
  });
});

describe('changing an app', () => {
  it('changes what is given, keeps the rest, and says in the audit log what is different', async () => {
    const before = await clients.find(app.clientID);
    const at = await revision();
    server.clock.advance(1_000);
    await clients.update(app.clientID, { name: ' Wiki ', initiateLoginURI: null }, acting);
    expect(await clients.find(app.clientID)).toEqual({
      ...before,
      name: 'Wiki',
      initiateLoginURI: undefined,
      updatedAt: expect.any(Date),
    });
    expect((await clients.find(app.clientID))?.updatedAt).not.toEqual(before?.updatedAt);
    expect(await revision()).toBeGreaterThan(at);
    expect(await lastEntry()).toMatchObject({
      activityType: 'CLIENT_UPDATED',
      ipAddress: '192.0.2.1',
      data: {
        client_id: app.clientID,
        from: { name: 'Example', initiate_login_uri: ADDRESSES.initiateLoginURI },
        to: { name: 'Wiki', initiate_login_uri: null },
      },
    });
  });

  it('leaves its secret and its tokens as they are', async () => {
    const tokens = await app.signIn(alice);
    await clients.update(app.clientID, { redirectURIs: [CALLBACK, 'https://app.example/other'] }, acting);
    expect((await client.tokenIntrospection(app.config, tokens.access_token)).active).toBe(true);
  });

  it('is seen by another process at its next request', async () => {
    server.switchProcess(1);
    expect((await app.begin()).end.left).toBeUndefined();
    await clients.update(app.clientID, { redirectURIs: ['https://app.example/moved'] }, acting);
    const { end } = await app.begin();
    server.switchProcess(0);
    expect([end.url.pathname, end.response.status]).toEqual(['/oauth2/authorize', 400]);
  });

  it.each([
    ['its name', { name: '' }, 'InvalidClientName'],
    ['its addresses', { redirectURIs: [] }, 'InvalidRedirectURI'],
  ])('cannot take away %s', async (_what, changes, reason) => {
    const before = await clients.find(app.clientID);
    await expect(clients.update(app.clientID, changes, acting)).rejects.toMatchObject({ reason });
    expect(await clients.find(app.clientID)).toEqual(before);
  });
});

describe('rotating a secret', () => {
  it('stops the one before at once, in every process, and is recorded without either', async () => {
    expect(await answerTo(app.clientID, app.clientSecret)).toBe('invalid_grant');
    server.switchProcess(1);
    expect(await answerTo(app.clientID, app.clientSecret)).toBe('invalid_grant');
    const { clientSecret } = await clients.rotateSecret(app.clientID, acting);
    for (const index of [1, 0] as const) {
      server.switchProcess(index);
      expect(await answerTo(app.clientID, app.clientSecret)).toBe('invalid_client');
      expect(await answerTo(app.clientID, clientSecret)).toBe('invalid_grant');
    }
    const entry = await lastEntry();
    expect(entry).toMatchObject({ activityType: 'CLIENT_SECRET_ROTATED', data: { client_id: app.clientID } });
    expect(JSON.stringify(entry)).not.toContain(clientSecret);
  });

  it('is refused for an app that has none', async () => {
    const spa = await testApp(server);
    await expect(clients.rotateSecret(spa.clientID, acting)).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'ClientHasNoSecret',
    });
  });
});

describe('removing an app', () => {
  it('ends its tokens and its part of a session; the rest of the session goes on', async () => {
    const other = await testApp(server, { type: 'web' });
    const tokens = await app.signIn(alice);
    const theirs = await other.signIn(alice, {}, app.browser);
    await clients.remove(app.clientID, acting);
    expect(await clients.find(app.clientID)).toBeUndefined();
    for (const token of [tokens.access_token, tokens.refresh_token ?? '']) {
      expect(await client.tokenIntrospection(other.config, token)).toEqual({ active: false });
    }
    await expect(client.fetchUserInfo(app.config, tokens.access_token, alice.id)).rejects.toThrow();
    await expect(client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).rejects.toMatchObject(
      UNKNOWN_CLIENT,
    );
    expect(await listSessions(server.db(), server.clock, alice.id)).toMatchObject([
      { clientIDs: [other.clientID] },
    ]);
    await client.fetchUserInfo(other.config, theirs.access_token, alice.id);
    expect(await lastEntry()).toMatchObject({
      activityType: 'CLIENT_DELETED',
      data: { client_id: app.clientID, name: 'Example', type: 'web' },
    });
  });

  it('is seen by another process at its next request, and by a sign-in that is under way', async () => {
    server.switchProcess(1);
    const { code, ...rest } = await app.authorize(alice);
    await clients.remove(app.clientID, acting);
    await expect(app.redeem({ code, ...rest })).rejects.toMatchObject(UNKNOWN_CLIENT);
    const { end } = await app.begin();
    server.switchProcess(0);
    expect(end.response.status).toBe(400);
  });
});

describe('an app that is none', () => {
  it.each(['0123456789abcdef', 'settings', 'portal', ''])('is not changed: %s', async (clientID) => {
    const at = await revision();
    const refusal = { kind: 'NotFound', reason: 'ClientNotFound' };
    await expect(clients.update(clientID, { name: 'x' }, acting)).rejects.toMatchObject(refusal);
    await expect(clients.rotateSecret(clientID, acting)).rejects.toMatchObject(refusal);
    await expect(clients.remove(clientID, acting)).rejects.toMatchObject(refusal);
    expect(await revision()).toBe(at);
  });

  it('is that of another project', async () => {
    const shop = server.processes[0].clients(await server.project('shop'));
    await expect(shop.remove(app.clientID, acting)).rejects.toMatchObject({ reason: 'ClientNotFound' });
    expect(await clients.find(app.clientID)).toBeDefined();
  });
});
