import * as client from 'openid-client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type OidcServer,
  oidcServer,
  type TestApp,
  type Tokens,
  testApp,
} from '../../../tests/support/oidc.ts';
import type { User } from '../users/index.ts';

let server: OidcServer;
let app: TestApp;
let service: TestApp;
let alice: User;
let tokens: Tokens;

beforeAll(async () => {
  server = await oidcServer();
  app = await testApp(server, { type: 'web' });
  service = await testApp(server, { type: 'm2m', redirectURIs: [] });
  alice = await server.createUser('alice@example.com');
  tokens = await app.signIn(alice);
  // The first one of a service in an hour is recorded as well.
  await client.clientCredentialsGrant(service.config);
});
afterAll(() => server.stop());

/** What a request asks of the database, in the order it asks; the first is which project it is about. */
async function statements(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return spy.mock.calls.map(([query]) => {
      const { text = String(query) } = (query ?? {}) as { text?: string };
      const [, verb, table] =
        /^\s*(select|insert|update)\b.*?(?:from|into|(?<=^update))\s+"?([\w."]+)/s.exec(text) ?? [];
      return `${verb} ${table?.replaceAll('"', '')}`;
    });
  } finally {
    spy.mockRestore();
  }
}

describe('what a request costs the database', () => {
  const project = 'select instance.projects';
  const token = 'select oidc_artifacts';

  it.each<[string, () => Promise<unknown>, string[]]>([
    [
      'a service’s token',
      () => client.clientCredentialsGrant(service.config),
      [project, 'insert oidc_artifacts'],
    ],
    [
      'introspection: the grant comes along with the token, whatever kind it is',
      () => client.tokenIntrospection(service.config, tokens.access_token),
      [project, token, 'select users'],
    ],
    [
      'introspection of what is none',
      () => client.tokenIntrospection(service.config, 'made-up'),
      [project, token],
    ],
    [
      'userinfo',
      () => client.fetchUserInfo(app.config, tokens.access_token, alice.id),
      [project, token, 'select users', 'select identities'],
    ],
    [
      'a refresh: the old token is used up, and two are made',
      () => client.refreshTokenGrant(app.config, tokens.refresh_token ?? ''),
      [
        project,
        token,
        'select users',
        'update oidc_artifacts',
        'insert oidc_artifacts',
        'insert oidc_artifacts',
      ],
    ],
  ])('%s', async (_what, work, asked) => expect(await statements(work)).toEqual(asked));
});
