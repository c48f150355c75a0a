import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CALLBACK, type OidcServer, oidcServer, type TestApp, testApp } from '../../../tests/support/oidc.ts';
import { listAudit } from '../audit/index.ts';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;
const MINUTE = 60_000;

let server: OidcServer;
let service: TestApp;
let web: TestApp;
let origin: string;

beforeAll(async () => {
  server = await oidcServer();
  web = await testApp(server, { type: 'web' });
  origin = (await server.project()).origin;
});
beforeEach(async () => {
  service = await testApp(server, { name: 'Robot', type: 'm2m', redirectURIs: [] });
});
afterAll(() => server.stop());

const introspect = (token: string, by: TestApp = web) => client.tokenIntrospection(by.config, token);

const recorded = async (): Promise<number> => {
  const { items } = await listAudit(server.db(), { activityTypes: ['M2M_TOKEN_CREATED'] }, { limit: 100 });
  return items.filter(({ clientID }) => clientID === service.clientID).length;
};

/** What the token endpoint says to parameters of any kind. */
async function ask(parameters: Record<string, string>) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...parameters });
  const response = await server.fetch(`${origin}/oauth2/token`, { method: 'POST', body });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

describe('a service', () => {
  it('gets a token of its own, of the same kind and life as the others', async () => {
    const tokens = await client.clientCredentialsGrant(service.config);
    expect(tokens).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      expires_in: 1_800,
      token_type: 'bearer',
    });
  });

  it('proves itself in the header or in the body', async () => {
    const [client_id, client_secret] = [service.clientID, service.clientSecret ?? ''];
    expect(await ask({ client_id, client_secret })).toMatchObject({ status: 200, token_type: 'Bearer' });
    expect(await ask({ client_id, client_secret: `${client_secret}x` })).toMatchObject({
      status: 401,
      error: 'invalid_client',
    });
    expect(await ask({ client_id })).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  it('is its own subject, to itself and to the servers of the project', async () => {
    const { access_token } = await client.clientCredentialsGrant(service.config);
    for (const asking of [service, web]) {
      const told = await introspect(access_token, asking);
      expect(told).toMatchObject({
        active: true,
        client_id: service.clientID,
        sub: service.clientID,
        iss: origin,
        token_type: 'Bearer',
      });
      expect(told).not.toHaveProperty('scope');
      expect(Number(told.exp) - Number(told.iat)).toBe(1_800);
    }
    const spa = await testApp(server);
    expect(await introspect(access_token, spa)).toEqual({ active: false });
  });

  it.each(['openid', 'admin', 'users:read users:write'])('is granted no scope such as %s', async (scope) => {
    const [client_id, client_secret] = [service.clientID, service.clientSecret ?? ''];
    expect(await ask({ client_id, client_secret, scope })).toMatchObject({
      status: 400,
      error: 'invalid_scope',
      scope,
    });
  });

  it('reads nobody’s claims with it', async () => {
    const { access_token } = await client.clientCredentialsGrant(service.config);
    await expect(client.fetchUserInfo(service.config, access_token, service.clientID)).rejects.toThrow();
  });

  it('gives one back', async () => {
    const { access_token } = await client.clientCredentialsGrant(service.config);
    await client.tokenRevocation(web.config, access_token);
    expect((await introspect(access_token)).active).toBe(true);
    await client.tokenRevocation(service.config, access_token);
    expect(await introspect(access_token)).toEqual({ active: false });
  });

  it('loses it when its time is up', async () => {
    const { access_token } = await client.clientCredentialsGrant(service.config);
    server.clock.advance(30 * MINUTE);
    expect(await introspect(access_token)).toEqual({ active: false });
  });

  it('loses it at once when it is removed, in every process', async () => {
    const { access_token } = await client.clientCredentialsGrant(service.config);
    server.switchProcess(1);
    expect((await introspect(access_token)).active).toBe(true);
    await server.processes[0].clients(await server.project()).remove(service.clientID, ACTING);
    expect(await introspect(access_token)).toEqual({ active: false });
    server.switchProcess(0);
    expect(await introspect(access_token)).toEqual({ active: false });
  });

  it('is recorded with its first token in an hour, and with no other', async () => {
    await Promise.all([1, 2].map(() => client.clientCredentialsGrant(service.config)));
    const first = await recorded();
    expect(first).toBeGreaterThan(0);
    server.clock.advance(59 * MINUTE);
    await client.clientCredentialsGrant(service.config);
    expect(await recorded()).toBe(first);
    server.clock.advance(MINUTE);
    await client.clientCredentialsGrant(service.config);
    await client.clientCredentialsGrant(service.config);
    expect(await recorded()).toBe(first + 1);
  });

  it('is nobody in another project', async () => {
    const shop = await testApp(server, { type: 'web' }, 'shop');
    const { access_token } = await client.clientCredentialsGrant(service.config);
    expect(await introspect(access_token, shop)).toEqual({ active: false });
    const there = (await server.project('shop')).origin;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: service.clientID,
      client_secret: service.clientSecret ?? '',
    });
    const response = await server.fetch(`${there}/oauth2/token`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  it('has no other way to a token', async () => {
    const [client_id, client_secret] = [service.clientID, service.clientSecret ?? ''];
    for (const grant_type of ['authorization_code', 'refresh_token']) {
      expect(await ask({ client_id, client_secret, grant_type })).toMatchObject({
        status: 400,
        error: 'unauthorized_client',
      });
    }
    expect(await ask({ client_id, client_secret, grant_type: 'password' })).toMatchObject({
      error: 'unsupported_grant_type',
    });
  });
});

describe('an app with users', () => {
  it.each(['spa', 'web', 'native'] as const)('gets no token of its own: %s', async (type) => {
    const app = await testApp(server, { type, redirectURIs: [CALLBACK] });
    const parameters: Record<string, string> = { client_id: app.clientID };
    if (app.clientSecret !== undefined) parameters.client_secret = app.clientSecret;
    expect(await ask(parameters)).toMatchObject({
      status: 400,
      error: 'unauthorized_client',
    });
  });

  it('nor do the settings and the portal', async () => {
    for (const client_id of ['settings', 'portal']) {
      expect(await ask({ client_id })).toMatchObject({ status: 400, error: 'unauthorized_client' });
    }
  });
});

it('is told of in the discovery document', async () => {
  const response = await server.fetch(`${origin}/.well-known/openid-configuration`);
  expect(((await response.json()) as { grant_types_supported: string[] }).grant_types_supported).toEqual(
    expect.arrayContaining(['authorization_code', 'client_credentials', 'refresh_token']),
  );
});
