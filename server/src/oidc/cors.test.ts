import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  testApp,
} from '../../../tests/support/oidc.ts';

const OWN = 'https://app.example';
const FOREIGN = 'https://evil.example';

let server: OidcServer;
let app: TestApp;
let origin: string;
let token: string;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server);
  await testApp(server, { type: 'web', redirectURIs: ['https://web.example/cb'] });
  await testApp(server, { type: 'native', redirectURIs: ['https://native.example/cb'] });
  origin = (await server.project()).origin;
  const alice = await server.createUser('alice@example.com');
  token = (await app.signIn(alice, {}, browserOf(server, origin))).access_token;
});
afterAll(() => server.stop());

const allowed = (response: Response) => response.headers.get('access-control-allow-origin');
const authorization = () => ({ authorization: `Bearer ${token}` });

const preflight = (path: string, from: string) =>
  server.fetch(origin + path, {
    method: 'OPTIONS',
    headers: { origin: from, 'access-control-request-method': 'POST' },
  });

describe('pages of another origin', () => {
  it('read answers where a single-page app of the project runs', async () => {
    expect(allowed(await preflight('/oauth2/token', OWN))).toBe(OWN);
    const response = await server.fetch(`${origin}/oauth2/userinfo`, {
      headers: { origin: OWN, ...authorization() },
    });
    expect([response.status, allowed(response)]).toEqual([200, OWN]);
  });

  it.each([FOREIGN, 'https://web.example', 'https://native.example', 'null', 'http://app.example'])(
    'read none at %s',
    async (from) => {
      for (const path of ['/oauth2/token', '/oauth2/userinfo', '/oauth2/introspect', '/oauth2/revoke']) {
        expect(allowed(await preflight(path, from))).toBeNull();
      }
      const response = await server.fetch(`${origin}/oauth2/userinfo`, {
        headers: { origin: from, ...authorization() },
      });
      expect([response.status, allowed(response)]).toEqual([400, null]);
      const unnamed = await server.fetch(`${origin}/oauth2/token`, {
        method: 'POST',
        headers: { origin: from },
      });
      expect(allowed(unnamed)).toBeNull();
    },
  );

  it('read the public addresses and keys from anywhere', async () => {
    for (const path of ['/.well-known/openid-configuration', '/oauth2/jwks']) {
      expect(allowed(await server.fetch(origin + path, { headers: { origin: FOREIGN } }))).toBe(FOREIGN);
    }
  });

  it('never send cookies along', async () => {
    const response = await preflight('/oauth2/token', OWN);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('leave programs without an origin alone', async () => {
    const claims = await client.fetchUserInfo(app.config, token, client.skipSubjectCheck);
    expect(claims.email).toBe('alice@example.com');
  });
});
