import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, CALLBACK, type OidcServer, oidcServer, testApp } from '../../../tests/support/oidc.ts';
import { type Acting, listAudit } from '../audit/index.ts';
import type { Clients } from './index.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: { ipAddress: '192.0.2.1' } };

let server: OidcServer;
let clients: Clients;

beforeAll(async () => {
  server = await oidcServer();
  clients = server.processes[0].clients(await server.project());
});
afterAll(() => server.stop());

const spa = { name: 'Shop', type: 'spa' as const, redirectURIs: [CALLBACK] };

describe('making an app', () => {
  it.each(['spa', 'native'] as const)('gives no secret to a %s, which could not keep it', async (type) => {
    const made = await clients.create({ ...spa, type }, acting);
    expect(made).toEqual({ clientID: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it('gives a secret to a web app, and shows it this once', async () => {
    const made = await clients.create({ ...spa, type: 'web' }, acting);
    expect(made.clientSecret).toMatch(/^[\w-]{43}$/);
    const found = await clients.find(made.clientID);
    expect(found).toEqual({
      clientID: made.clientID,
      name: 'Shop',
      type: 'web',
      redirectURIs: [CALLBACK],
      postLogoutRedirectURIs: [],
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
    expect(JSON.stringify(await clients.list())).not.toContain(made.clientSecret);
  });

  it('gives a secret to an m2m app, which has no redirect URI', async () => {
    const made = await clients.create({ name: 'Robot', type: 'm2m', redirectURIs: [] }, acting);
    expect(made.clientSecret).toBeTypeOf('string');
    expect(await clients.find(made.clientID)).toMatchObject({ redirectURIs: [] });
  });

  it('is recorded, without the secret, and raises the revision of the project', async () => {
    const before = await server.project();
    const made = await clients.create({ ...spa, name: 'Recorded', type: 'web' }, acting);
    expect(BigInt((await server.project()).revision)).toBeGreaterThan(BigInt(before.revision));
    const { items } = await listAudit(server.db(), { activityTypes: ['CLIENT_CREATED'] }, { limit: 1 });
    expect(items).toMatchObject([
      {
        actor: { type: 'command_line' },
        ipAddress: '192.0.2.1',
        data: { client_id: made.clientID, name: 'Recorded', type: 'web', redirect_uris: [CALLBACK] },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(made.clientSecret);
  });

  it.each([
    ['no name', { name: '  ' }, 'InvalidClientName'],
    ['a name with a line break', { name: 'a\nb' }, 'InvalidClientName'],
    ['a name without end', { name: 'x'.repeat(101) }, 'InvalidClientName'],
    ['an unknown type', { type: 'desktop' as never }, 'InvalidClientType'],
    ['no redirect URI', { redirectURIs: [] }, 'InvalidRedirectURI'],
    ['a foreign scheme', { redirectURIs: ['javascript:alert(1)'] }, 'InvalidRedirectURI'],
    [
      'a bad address for after the logout',
      { postLogoutRedirectURIs: ['http://x.example'] },
      'InvalidRedirectURI',
    ],
    ['an m2m app with a redirect URI', { type: 'm2m' as const }, 'InvalidRedirectURI'],
  ])('refuses %s, and changes nothing', async (_what, wrong, reason) => {
    const before = await clients.list();
    const { revision } = await server.project();
    await expect(clients.create({ ...spa, ...wrong }, acting)).rejects.toMatchObject({
      kind: 'Invalid',
      reason,
    });
    expect(await clients.list()).toEqual(before);
    expect((await server.project()).revision).toBe(revision);
  });
});

describe('built-in apps', () => {
  const authorize = async (projectID: string, clientID: string) => {
    const { origin } = await server.project(projectID);
    const query = new URLSearchParams({
      client_id: clientID,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${origin}/${clientID}/callback`,
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const { url } = await browserOf(server, origin).open(`/oauth2/authorize?${query}`);
    return url.pathname;
  };

  it('are the settings in every project, and the portal in the home project', async () => {
    expect(await authorize('home', 'settings')).toMatch(/^\/login\//);
    expect(await authorize('home', 'portal')).toMatch(/^\/login\//);
    expect(await authorize('shop', 'settings')).toMatch(/^\/login\//);
    expect(await authorize('shop', 'portal')).toBe('/oauth2/authorize');
  });
});

describe('two processes on one database', () => {
  it('see an app that the other made at the next request', async () => {
    await testApp(server);
    server.switchProcess(1);
    // The second has answered before, so that it has something to be out of date.
    await testApp(server);
    const { clientID } = await server.processes[0].clients(await server.project()).create(spa, acting);
    const { origin } = await server.project();
    const query = new URLSearchParams({
      client_id: clientID,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: CALLBACK,
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const { url } = await browserOf(server, origin).open(`/oauth2/authorize?${query}`);
    expect(url.pathname).toMatch(/^\/login\//);
    server.switchProcess(0);
  });

  it('carry one sign-in from the one to the other', async () => {
    const app = await testApp(server);
    const alice = await server.createUser('alice@example.com');
    const { origin } = await server.project();
    const browser = browserOf(server, origin);
    const { end, ...rest } = await app.begin({}, browser);
    server.switchProcess(1);
    const { left } = await browser.open(`${end.url.pathname}?user=${alice.id}`);
    server.switchProcess(0);
    const code = left?.searchParams.get('code') ?? '';
    const tokens = await app.redeem({ ...rest, callback: left as URL, code });
    expect(tokens.claims()?.sub).toBe(alice.id);
  });
});
