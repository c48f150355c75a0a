import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_API, type AdminClient, adminClient, mutation } from '../support/admin-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

/*
 * Two server processes and the command line on one database. What one of them changes, the others know at their
 * next request: each has answered before, so that it has something to be out of date.
 */

const HOST = 'localhost:4999';
const CALLBACK = 'https://app.example/callback';

let database: TestDatabase;
let servers: [TestServer, TestServer];
let admin: AdminClient;

beforeAll(async () => {
  database = await testDatabase();
  const env = {
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: 'a secret that only the tests of two processes know',
    PUBLIC_ORIGIN: `http://${HOST}`,
  };
  servers = await Promise.all([startServer({ env }), startServer({ env })]);
  admin = await adminClient(servers[0]);
});
beforeEach(async () => {
  for (const server of servers) {
    expect((await ask(server, '{ passwordPolicy { minLength } }')).status).toBe(200);
    expect((await token(server, { clientID: 'portal' })).json()).toMatchObject({
      error: 'unauthorized_client',
    });
  }
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.remove()));
  await database?.stop();
});

async function ask(server: TestServer, query: string, variables = {}, by = admin) {
  const answer = await sendRaw(server.port, {
    method: 'POST',
    path: ADMIN_API,
    headers: {
      host: HOST,
      authorization: `Bearer ${await by.token()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, ...answer.json() };
}

async function mutate(server: TestServer, name: string, input: Record<string, unknown>, fields: string) {
  const { data, errors } = await ask(server, mutation(name, fields), { input });
  if (errors) throw new Error(`${name} is refused: ${JSON.stringify(errors)}`);
  return data[name];
}

interface App {
  clientID: string;
  clientSecret?: string;
}

const form = (server: TestServer, path: string, parameters: Record<string, string>): Promise<WireAnswer> =>
  sendRaw(server.port, {
    method: 'POST',
    path,
    headers: { host: HOST, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  });

const token = (server: TestServer, { clientID, clientSecret }: App): Promise<WireAnswer> =>
  form(server, '/oauth2/token', {
    grant_type: 'client_credentials',
    client_id: clientID,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  });

/** What each process answers an app that asks for a token: the status. */
const statuses = async (app: App): Promise<number[]> =>
  (await Promise.all(servers.map((server) => token(server, app)))).map(({ status }) => status);

const minLengths = async (): Promise<number[]> =>
  (await Promise.all(servers.map((server) => ask(server, '{ passwordPolicy { minLength } }')))).map(
    ({ data }) => data.passwordPolicy.minLength,
  );

describe('an app', () => {
  const robot = { name: 'Robot', type: 'M2M' };
  const made = async (by: TestServer): Promise<App> => {
    const { client, clientSecret } = await mutate(
      by,
      'createClient',
      robot,
      'client { clientID } clientSecret',
    );
    return { clientID: client.clientID, clientSecret };
  };

  it.each([
    ['one process', () => made(servers[0])],
    ['the other', () => made(servers[1])],
    [
      'the command line',
      () => servers[0].json<Required<App>>(['clients', 'create', '--name', 'Robot', '--type', 'm2m']),
    ],
  ])('that %s made gets tokens from both', async (_who, make) => {
    expect(await statuses(await make())).toEqual([200, 200]);
  });

  it('that got another secret is not let in by the one before', async () => {
    const before = await made(servers[0]);
    expect(await statuses(before)).toEqual([200, 200]);
    const input = { clientID: before.clientID };
    const { clientSecret } = await mutate(servers[1], 'rotateClientSecret', input, 'clientSecret');
    expect(await statuses(before)).toEqual([401, 401]);
    expect(await statuses({ ...before, clientSecret })).toEqual([200, 200]);
  });

  it('that was removed is unknown, and so are its tokens', async () => {
    const [app, asking] = [await made(servers[0]), await made(servers[0])];
    const issued = (await token(servers[1], app)).json().access_token;
    const isActive = async (server: TestServer): Promise<boolean> => {
      const { clientID, clientSecret = '' } = asking;
      const parameters = { token: issued, client_id: clientID, client_secret: clientSecret };
      return (await form(server, '/oauth2/introspect', parameters)).json().active;
    };
    expect(await Promise.all(servers.map(isActive))).toEqual([true, true]);
    await mutate(servers[0], 'deleteClient', { clientID: app.clientID }, 'client { clientID }');
    expect(await Promise.all(servers.map(isActive))).toEqual([false, false]);
    expect(await statuses(app)).toEqual([401, 401]);
  });

  it('that moved is led back to its new address only', async () => {
    const input = { name: 'App', type: 'SPA', redirectURIs: [CALLBACK] };
    const { client } = await mutate(servers[0], 'createClient', input, 'client { clientID }');
    const authorize = async (redirectURI: string): Promise<number[]> => {
      const query = new URLSearchParams({
        client_id: client.clientID,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: redirectURI,
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      });
      const path = `/oauth2/authorize?${query}`;
      const answers = servers.map(({ port }) => sendRaw(port, { path, headers: { host: HOST } }));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    expect(await authorize(CALLBACK)).toEqual([303, 303]);
    const moved = `${CALLBACK}/moved`;
    const change = { clientID: client.clientID, redirectURIs: [moved] };
    await mutate(servers[1], 'updateClient', change, 'client { clientID }');
    expect(await authorize(CALLBACK)).toEqual([400, 400]);
    expect(await authorize(moved)).toEqual([303, 303]);
  });
});

describe('a key of the Admin API', () => {
  it('that the command line made is let in by both, and by neither once it is revoked', async () => {
    const key = await adminClient(servers[0]);
    const statusesOf = async () =>
      (await Promise.all(servers.map((server) => ask(server, '{ __typename }', {}, key)))).map(
        ({ status }) => status,
      );
    expect(await statusesOf()).toEqual([200, 200]);
    await servers[1].json(['admin-keys', 'revoke', key.keyID]);
    expect(await statusesOf()).toEqual([401, 401]);
  });
});

describe('a setting', () => {
  it('that the command line changed counts in both', async () => {
    const [before] = await minLengths();
    expect(await minLengths()).toEqual([before, before]);
    await servers[0].json(['settings', 'set', 'passwords.min_length', '21']);
    expect(await minLengths()).toEqual([21, 21]);
    for (const server of servers) {
      const definition = { loginID: { key: 'username', value: 'nobody' } };
      const input = { definition, password: 'too short by one 012' };
      const { errors } = await ask(server, mutation('createUser', 'user { id }'), { input });
      expect(errors[0].extensions).toMatchObject({ reason: 'PasswordPolicyViolated' });
    }
    await servers[1].json(['settings', 'set', 'passwords.min_length', String(before)]);
    expect(await minLengths()).toEqual([before, before]);
  });
});

describe('a project', () => {
  it('that the command line made is answered for by both', async () => {
    const origin = 'http://shop.localhost:4999';
    await servers[0].json(['projects', 'create', '--name', 'Shop', '--origin', origin]);
    const answers = servers.map(({ port }) =>
      sendRaw(port, {
        path: '/.well-known/openid-configuration',
        headers: { host: new URL(origin).host },
      }),
    );
    expect((await Promise.all(answers)).map((answer) => answer.json().issuer)).toEqual([origin, origin]);
  });
});
