import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_API, type AdminClient, adminClient, mutation } from '../support/admin-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const RESET = mutation('resetPassword', 'user { id }');
const LONG = 'x'.repeat(100_000);

let stage: Stage;
let shop: AdminClient;
let ada: StageUser;

beforeAll(async () => {
  stage = await startStage();
  const { projectID } = await stage.server.json<{ projectID: string }>([
    'projects',
    'create',
    '--name',
    'Shop',
  ]);
  shop = await adminClient(stage.server, projectID);
  ada = await stage.addUser('ada@example.com');
});
afterAll(() => stage?.stop());

afterEach(async () => {
  expect((await fetch(`${stage.server.origin}/readyz`)).status).toBe(200);
  const output = stage.server.output();
  expect(output).not.toMatch(/"level":"(error|fatal)"/);
  for (const secret of [STAGE_PASSWORD, LONG, stage.admin.privateKey.slice(100, 200)]) {
    expect(output).not.toContain(secret);
  }
});

function expectRefused(answer: WireAnswer, status: number, kind: string, reason: string): void {
  const [error, ...more] = answer.json().errors;
  expect(more).toEqual([]);
  expect([answer.status, error.extensions.errorName, error.extensions.reason]).toEqual([
    status,
    kind,
    reason,
  ]);
  expect(answer.json().data ?? null).toBeNull();
  expect(answer.headers['cache-control']).toBe('no-store');
}

const resetTo = (password: unknown, userID: unknown = ada.id) =>
  JSON.stringify({ query: RESET, variables: { input: { userID, password } } });

describe('a request to the Admin API', () => {
  const chunks = (megabytes: number) => Array<Buffer>(megabytes * 16).fill(Buffer.alloc(64 * 1024, ' '));

  it.each([
    ['announced', () => ' '.repeat(1_000_001)],
    ['in chunks, without a length', () => chunks(2)],
    ['in chunks, without an end in sight', () => chunks(64)],
  ])('over 1 MB is refused: %s', async (_, body) => {
    const answer = await stage.unchanged(() => stage.admin.send({ body: body() }));
    expectRefused(answer, 413, 'Invalid', 'RequestTooLarge');
  });

  it.each([
    ['malformed JSON', '{"query": "{ __typename }"', 400, 'InvalidJSON'],
    ['nothing', '', 400, 'InvalidJSON'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400, 'InvalidJSON'],
    ['an array', '[{"query": "{ __typename }"}]', 400, 'BatchNotSupported'],
    ['a number', '1', 400, 'InvalidRequestBody'],
    ['an unknown field', '{"query": "{ __typename }", "id": 1}', 400, 'InvalidRequestBody'],
    ['variables that are a text', '{"query": "{ __typename }", "variables": "x"}', 400, 'InvalidRequestBody'],
    ['a query that is a list', '{"query": ["{ __typename }"]}', 400, 'InvalidRequestBody'],
  ])('with %s is refused', async (_, body, status, reason) => {
    expectRefused(await stage.unchanged(() => stage.admin.send({ body })), status, 'Invalid', reason);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('as %s is refused', async (type) => {
    const asked = { body: resetTo(STAGE_PASSWORD), headers: { 'content-type': type } };
    expectRefused(
      await stage.unchanged(() => stage.admin.send(asked)),
      415,
      'Invalid',
      'UnsupportedMediaType',
    );
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('by %s is refused', async (method) => {
    const path = `${ADMIN_API}?query=${encodeURIComponent(`mutation { resetPassword(input: { userID: "${ada.id}" }) { user { id } } }`)}`;
    const headers = { 'x-http-method-override': 'POST' };
    const answer = await stage.unchanged(() => stage.admin.send({ method, path, headers }));
    expectRefused(answer, 405, 'Invalid', 'MethodNotAllowed');
    expect(answer.headers.allow).toBe('POST');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  const many = (count: number, field: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => field(n)).join(' ');
  const nested = (times: number, open: string, close: string) => open.repeat(times) + close.repeat(times);

  it.each([
    ['a thousand aliases', `{ ${many(1_000, (n) => `a${n}: __typename`)} }`, 'QueryTooLong'],
    ['31 aliases', `{ ${many(31, (n) => `a${n}: passwordPolicy { minLength }`)} }`, 'QueryTooManyAliases'],
    [
      'many resets under as many names',
      `mutation { ${many(31, (n) => `r${n}: setPasswordExpired(input: { userID: "x", expired: true }) { user { id } }`)} }`,
      'QueryTooManyAliases',
    ],
    [
      'a deep query',
      `{ users { edges { node { ${nested(6, 'messages { edges { node { id ', '} } } ')} } } } }`,
      'QueryTooDeep',
    ],
    [
      'deep introspection',
      `{ __schema { types { ${nested(20, 'fields { type { name ', '} } ')} } } }`,
      'GraphQLValidationFailed',
    ],
    ['braces without end', '{ a'.repeat(3_000), 'QueryTooLong'],
    [
      'a costly query',
      '{ users(first: 100) { edges { node { identities(first: 100) { edges { node { id claims type createdAt updatedAt } } } } } } }',
      'QueryTooCostly',
    ],
  ])('with %s is refused before it runs', async (_, query, reason) => {
    const answer = await stage.unchanged(() => stage.admin.send({ body: JSON.stringify({ query }) }));
    const { data, errors } = answer.json();
    expect(data ?? null).toBeNull();
    expect(errors.map((error: { extensions: { reason: string } }) => error.extensions.reason)).toContain(
      reason,
    );
  });
});

describe('a token of the Admin API', () => {
  const claims = () => {
    const iat = Math.floor(Date.now() / 1_000);
    return { aud: 'home', iat, exp: iat + 300 };
  };
  const hmac = (secret: string) =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: stage.admin.keyID })
      .sign(Buffer.from(secret));

  it.each<[string, () => Promise<string>]>([
    ['of algorithm none', async () => new UnsecuredJWT(claims()).encode()],
    [
      'of algorithm none, with the kid of a key',
      async () => {
        const [, payload, signature] = new UnsecuredJWT(claims()).encode().split('.');
        const header = Buffer.from(JSON.stringify({ alg: 'none', kid: stage.admin.keyID })).toString(
          'base64url',
        );
        return `${header}.${payload}.${signature}`;
      },
    ],
    [
      'signed as HS256 with the public key',
      async () => {
        const { rows } = await stage.db.query('select public_jwk from admin_keys where id = $1', [
          stage.admin.keyID,
        ]);
        return hmac(JSON.stringify(rows[0].public_jwk));
      },
    ],
    ['signed as HS256 with nothing', async () => hmac('\0')],
    ['that expired', () => stage.admin.token({ iat: claims().iat - 1_000, exp: claims().iat - 700 })],
    ['that never ends', () => stage.admin.token({ exp: claims().iat + 10 * 365 * 86_400 })],
    ['of another audience', () => stage.admin.token({ aud: 'shop' })],
    ['of two audiences', () => stage.admin.token({ aud: ['home', 'shop'] })],
    ['of a key of another project', () => shop.token({ aud: 'home' })],
    ['that is none', async () => 'Bearer'],
  ])('%s opens nothing', async (_, make) => {
    const headers = { authorization: `Bearer ${await make()}` };
    const answer = await stage.unchanged(() =>
      stage.admin.send({ headers, body: resetTo('another one 2026!') }),
    );
    expectRefused(answer, 401, 'Unauthorized', 'InvalidAdminKey');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });
});

describe('a user of another project', () => {
  it('is nobody, and the answer is the one for nobody', async () => {
    const input = { userID: ada.id, password: 'another one 2026!' };
    const nobody = Buffer.from('User:00000000-0000-7000-8000-000000000000').toString('base64url');
    const ask = async (userID: string) => (await shop.ask(RESET, { input: { ...input, userID } })).errors;
    const theirs = await stage.unchanged(() => ask(ada.id));
    expect(theirs).toMatchObject([{ extensions: { errorName: 'NotFound', reason: 'UserNotFound' } }]);
    expect(theirs).toEqual(await ask(nobody));
    const { data } = await shop.ask(
      '{ users { edges { node { id } } } getUserByLoginID(loginIDKey: "email", loginIDValue: "ada@example.com") { id } }',
    );
    expect(data).toEqual({ users: { edges: [] }, getUserByLoginID: null });
  });

  it('signs in on no host but that of their own', async () => {
    const origin = `http://${shop.projectID}.localhost:${stage.server.port}`;
    const headers = { host: new URL(origin).host };
    const begun = await sendRaw(stage.server.port, { path: '/settings', headers });
    expect(begun.headers.location).toMatch(new RegExp(`^${origin}/oauth2/authorize`));
    const { pathname, search } = new URL(begun.headers.location ?? '');
    const asked = await sendRaw(stage.server.port, { path: pathname + search, headers });
    const login = new URL(asked.headers.location ?? '', origin).pathname;
    const jar = asked.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ') ?? '';
    const page = await sendRaw(stage.server.port, { path: login, headers: { ...headers, cookie: jar } });
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const cookie = `${jar}; ${page.headers['set-cookie']?.[0]?.split(';')[0]}`;
    const answer = await sendRaw(stage.server.port, {
      method: 'POST',
      path: login,
      headers: { ...headers, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf, login_id: ada.loginID, password: ada.password }).toString(),
    });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('This combination is not right.');
  });
});

describe('a password over the API', () => {
  it.each([
    ['with NUL', 'plover\0hinge 42', 'PasswordControlCharacter'],
    ['with a line break', 'plover\nhinge 42', 'PasswordControlCharacter'],
    ['with half a character', 'plover hinge \ud83d', 'PasswordControlCharacter'],
    ['of 100,000 characters', LONG, 'PasswordTooLong'],
    ['of 100,000 emoji', '🔑'.repeat(100_000), 'PasswordTooLong'],
    ['that is the login id', 'ADA@example.com', 'PasswordContainingExcludedKeywords'],
    ['that is short', 'x', 'PasswordTooShort'],
  ])('%s is refused with its cause', async (_, password, cause) => {
    const answer = await stage.unchanged(() => stage.admin.send({ body: resetTo(password) }));
    expectRefused(answer, 200, 'Invalid', 'PasswordPolicyViolated');
    const { causes } = answer.json().errors[0].extensions.info;
    expect(causes.map((one: { Name: string }) => one.Name)).toContain(cause);
    expect(answer.text).not.toContain(LONG);
  });

  it.each([
    ['emoji', '🔑🚪🏠🌍🔒🎩🐇🕳️', '🔑🚪🏠🌍🔒🎩🐇🕳️'],
    ['letters with accents, however they are typed', 'Ångström café 12', 'Ångström café 12'.normalize('NFD')],
    ['spaces at either end', '  plover hinge  ', '  plover hinge  '],
    ['128 characters', `${'ab 1'.repeat(31)}wxyz`, `${'ab 1'.repeat(31)}wxyz`],
  ])('of %s is taken, and signs in', async (name, password, typed) => {
    const user = await stage.addUser(`${name.replaceAll(/\W/g, '')}@example.com`, { password });
    await stage.signedIn({ ...user, password: typed });
  });

  it.each([123, true, ['plover hinge 42'], { $ne: null }])('that is %j is refused', async (password) => {
    const answer = await stage.unchanged(() => stage.admin.send({ body: resetTo(password) }));
    expectRefused(answer, 200, 'Invalid', 'GraphQLValidationFailed');
  });
});
