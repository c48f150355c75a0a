import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  adminApiBench,
  apiRequest,
  expectError,
  type Refusal,
  signToken,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';

let bench: AdminApiBench;
let alice: string;
let before: string;

beforeAll(async () => {
  bench = await adminApiBench();
  alice = await bench.addUser('home', 'alice@example.com');
  await bench.key('home');
  await bench.key('shop');
});
afterAll(() => bench.stop());

// Whatever a test of this file sends: nothing has changed afterwards.
beforeEach(async () => {
  before = await bench.everything();
});
afterEach(async () => {
  expect(await bench.everything()).toBe(before);
  expect(bench.logged).toEqual([]);
});

const RESET = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { user { id } } }';

describe('a document', () => {
  const deep = (levels: number): string =>
    `{ users { edges { node { ${'identities { edges { node { id '.repeat(levels)}${'} } } '.repeat(levels)} } } } }`;
  const nested = (levels: number): string =>
    `{ users { edges { node { ${'roles(first: 100) { edges { node { users(first: 100) { edges { node { '.repeat(levels)} id ${'} } } } } } '.repeat(levels)} } } } }`;
  const aliases = (count: number): string =>
    `{ ${Array.from({ length: count }, (_, i) => `a${i}: node(id: "x") { id }`).join(' ')} }`;
  const expensive = `{ users(first: 100) { edges { node { id
    identities(first: 100) { edges { node { id type claims createdAt updatedAt } } }
  } } } }`;

  it.each<[string, string, Refusal]>([
    ['is no GraphQL', 'resetPassword', ['Invalid', 'GraphQLValidationFailed', /Syntax Error/]],
    ['never ends', '{ users { edges {', ['Invalid', 'GraphQLValidationFailed', /Syntax Error/]],
    [
      'asks for an unknown field',
      '{ users { edges { node { passwordHash } } } }',
      ['Invalid', 'GraphQLValidationFailed', /Cannot query field "passwordHash" on type "User"/],
    ],
    [
      'asks an unknown mutation',
      'mutation { dropUsers }',
      ['Invalid', 'GraphQLValidationFailed', /dropUsers/],
    ],
    [
      'has an unknown argument',
      '{ users(where: "1=1") { totalCount } }',
      ['Invalid', 'GraphQLValidationFailed', /Unknown argument "where"/],
    ],
    [
      'has an unknown enum value',
      '{ auditLogs(activityTypes: [X]) { totalCount } }',
      ['Invalid', 'GraphQLValidationFailed', /"X" does not exist/],
    ],
    [
      'leaves a required argument out',
      '{ node { id } }',
      ['Invalid', 'GraphQLValidationFailed', /"id" of type "ID!" is required/],
    ],
    ['subscribes', 'subscription { users { totalCount } }', ['Invalid', 'GraphQLValidationFailed']],
    [
      'spreads a fragment into itself',
      '{ users { ...A } } fragment A on UserConnection { ...B } fragment B on UserConnection { ...A }',
      ['Invalid', 'GraphQLValidationFailed', /Cannot spread fragment/],
    ],
    ['is too deep', deep(5), ['Invalid', 'QueryTooDeep', /12/]],
    [
      'is too deep by fragments',
      '{ users { edges { node { ...A } } } } fragment A on User { roles { edges { node { ...B } } } } fragment B on Role { users { edges { node { groups { edges { node { roles { edges { node { id } } } } } } } } } }',
      ['Invalid', 'QueryTooDeep'],
    ],
    ['is so deep that it costs the world', nested(20), ['Invalid', 'QueryTooDeep']],
    ['has 31 aliases', aliases(31), ['Invalid', 'QueryTooManyAliases', /30/]],
    ['has a thousand aliases', aliases(1_000), ['Invalid', 'QueryTooLong', /2000/]],
    ['is too costly', expensive, ['Invalid', 'QueryTooCostly', /50000/]],
    ['is a long list of nothing', `{ ${'__typename '.repeat(2_100)} }`, ['Invalid', 'QueryTooLong']],
    [
      'looks at the schema without end',
      `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`,
      ['Invalid', 'GraphQLValidationFailed', /introspection depth/i],
    ],
  ])('that %s is refused', async (_, query, refusal) => {
    const answer = await bench.ask('home', query);
    expect(answer.status).toBe(200);
    expect(answer.data).toBeUndefined();
    const reasons = new Set(answer.errors?.map(({ extensions }) => extensions.reason));
    expect(reasons).toEqual(new Set([refusal[1]]));
    expect(answer.errors?.[0]?.extensions.errorName).toBe(refusal[0]);
    if (refusal[2]) expect(answer.errors?.map(({ message }) => message).join('\n')).toMatch(refusal[2]);
  });

  it('may not be many mutations under as many names', async () => {
    const resets = Array.from(
      { length: 40 },
      (_, i) => `a${i}: resetPassword(input: {userID: "${userGlobalID(alice)}"}) { user { id } }`,
    );
    expectError(await bench.ask('home', `mutation { ${resets.join(' ')} }`), [
      'Invalid',
      'QueryTooManyAliases',
    ]);
  });

  it('that is made to be compared with itself is given up soon', async () => {
    const answer = await bench.ask('home', `{ ${'users { totalCount } '.repeat(480)} }`);
    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
      { errorName: 'Invalid', reason: 'GraphQLValidationFailed' },
    ]);
  });

  it('with several operations has to say which', async () => {
    const query = 'query A { users { totalCount } } query B { users { totalCount } }';
    const refusal: Refusal = ['Invalid', 'UnknownOperation', /^"operationName" must name/];
    const token = await signToken(await bench.key('home'), bench.clock);
    expectError(await bench.ask('home', query), refusal);
    for (const operationName of ['C', 'a', '']) {
      expectError(await bench.send('home', apiRequest({ query, operationName }, token)), refusal);
    }
    const said = await bench.send('home', apiRequest({ query, operationName: 'B' }, token));
    expect(said.data.users.totalCount).toBeGreaterThan(0);
    const alone = await bench.send(
      'home',
      apiRequest({ query: '{ users { totalCount } }', operationName: '' }, token),
    );
    expect(alone.errors).toBeUndefined();
  });

  it('is told to newer clients by status 400 when it never ran', async () => {
    const token = await signToken(await bench.key('home'), bench.clock);
    const request = apiRequest({ query: '{ nothing }' }, token);
    request.headers.set('accept', 'application/graphql-response+json, application/json;q=0.9');
    const answer = await bench.send('home', request);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/graphql-response+json');
    expect(answer.errors?.[0]?.extensions).toEqual({
      errorName: 'Invalid',
      reason: 'GraphQLValidationFailed',
    });
  });
});

describe('a variable', () => {
  it.each<[string, unknown, RegExp]>([
    ['is missing', undefined, /"\$input" of required type "ResetPasswordInput!"/],
    ['is null', null, /"\$input"/],
    ['is a text', 'x', /"\$input"/],
    ['is a list', [], /"\$input"/],
    ['lacks a field', {}, /"userID" of required type "ID!"/],
    ['has a field too many', { userID: 'x', isAdmin: true }, /"isAdmin" is not defined/],
    ['has an id that is an object', { userID: { $ne: null } }, /"input.userID"/],
    ['has two ids', { userID: ['x', 'y'] }, /"input.userID"/],
    ['has a flag that is a text', { userID: 'x', sendPassword: 'yes' }, /"input.sendPassword"/],
  ])('that %s is refused with its name', async (_, input, message) => {
    const answer = await bench.ask('home', RESET, { input });
    expect(answer.errors?.map((error) => error.message).join('\n')).toMatch(message);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toEqual({ errorName: 'Invalid', reason: 'GraphQLValidationFailed' });
    }
    expect(answer.data).toBeUndefined();
  });

  it('that is nested without end is refused', async () => {
    const input = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const token = await signToken(await bench.key('home'), bench.clock);
    const body = `{"query": ${JSON.stringify(RESET)}, "variables": {"input": ${input}}}`;
    const answer = await bench.send('home', apiRequest(body, token));
    expect(answer.errors?.[0]?.extensions.reason).toBe('GraphQLValidationFailed');
  });
});

describe('a request', () => {
  const reset = () => ({ query: RESET, variables: { input: { userID: userGlobalID(alice) } } });
  const send = (request: Request) => bench.send('home', request);
  const token = async () => signToken(await bench.key('home'), bench.clock);

  it.each<[string, unknown, number, string]>([
    ['malformed JSON', '{"query": ', 400, 'InvalidJSON'],
    ['an unknown field', { query: '{ users { totalCount } }', admin: true }, 400, 'InvalidRequestBody'],
    ['a list', [{ query: '{ users { totalCount } }' }], 400, 'BatchNotSupported'],
    ['over 1 MB', { query: `{ users { totalCount } } #${'x'.repeat(1_000_000)}` }, 413, 'RequestTooLarge'],
  ])('whose body is %s is refused', async (_, body, status, reason) => {
    const answer = await send(apiRequest(body, await token()));
    expect(answer.status).toBe(status);
    expectError(answer, ['Invalid', reason]);
  });

  it('of another method or media type is refused', async () => {
    const url = 'http://localhost/_api/admin/graphql';
    const authorization = `Bearer ${await token()}`;
    const query = encodeURIComponent(
      `mutation { resetPassword(input: {userID: "${userGlobalID(alice)}"}) { user { id } } }`,
    );
    const get = await send(new Request(`${url}?query=${query}`, { headers: { authorization } }));
    expect(get.status).toBe(405);
    expect(get.headers.get('allow')).toBe('POST');
    const form = new Request(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/plain' },
      body: JSON.stringify(reset()),
    });
    expect((await send(form)).status).toBe(415);
  });

  const wrong: [string, () => Promise<string | undefined>][] = [
    ['no token', async () => undefined],
    ['a token that is none', async () => 'x.y.z'],
    ['an expired token', async () => signToken(await bench.key('home'), bench.clock, { iat: 1, exp: 3_000 })],
    [
      'a token for two',
      async () => signToken(await bench.key('home'), bench.clock, { aud: ['home', 'shop'] }),
    ],
    ['another project’s token', async () => signToken(await bench.key('shop'), bench.clock)],
    [
      'another project’s key for our audience',
      async () => signToken(await bench.key('shop'), bench.clock, { aud: 'home' }),
    ],
  ];
  it.each(wrong)('with %s gets 401 and the same words', async (_, makeToken) => {
    const answer = await send(apiRequest(reset(), await makeToken()));
    expect(answer.status).toBe(401);
    expectError(answer, ['Unauthorized', 'InvalidAdminKey', /^the Admin API wants a valid token/]);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="Admin API"/);
  });

  it('gets 401 without a token, whatever else is wrong with it', async () => {
    const url = 'http://localhost/_api/admin/graphql?query={__typename}';
    for (const method of ['GET', 'OPTIONS', 'PUT', 'POST']) {
      const answer = await send(new Request(url, { method }));
      expect(answer.status, method).toBe(401);
      expectError(answer, ['Unauthorized', 'InvalidAdminKey']);
    }
  });

  it('is not read before it is known who asks', async () => {
    let wasRead = false;
    const body = new ReadableStream(
      {
        pull() {
          wasRead = true;
        },
      },
      { highWaterMark: 0 },
    );
    const request = new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect((await send(request)).status).toBe(401);
    expect(wasRead).toBe(false);
  });
});
