import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApiBench, adminApiBench, expectError } from '../../../../../tests/support/admin-api.ts';
import type { Role } from '../../../projects/index.ts';
import type { Operator } from '../index.ts';

const FIELDS = `clientID name type redirectURIs postLogoutRedirectURIs
  clientURI initiateLoginURI backchannelLogoutURI createdAt updatedAt`;
const CREATE = `mutation ($input: CreateClientInput!) { createClient(input: $input) { client { ${FIELDS} } clientSecret } }`;
const UPDATE = `mutation ($input: UpdateClientInput!) { updateClient(input: $input) { client { ${FIELDS} } } }`;
const DELETE =
  'mutation ($input: DeleteClientInput!) { deleteClient(input: $input) { client { clientID } } }';
const ROTATE =
  'mutation ($input: RotateClientSecretInput!) { rotateClientSecret(input: $input) { client { clientID } clientSecret } }';

const WEB = {
  name: 'Wiki',
  type: 'WEB',
  redirectURIs: ['https://wiki.example/callback'],
  clientURI: 'https://wiki.example',
  backchannelLogoutURI: 'https://wiki.example/ended',
};

let bench: AdminApiBench;
const operators = {} as Record<Role, Operator>;

beforeAll(async () => {
  bench = await adminApiBench();
  for (const role of ['viewer', 'editor', 'owner'] as const) {
    operators[role] = await bench.addOperator(`${role}@example.com`, 'home', role);
  }
});
afterAll(() => bench.stop());

async function create(input: Record<string, unknown> = WEB) {
  const { data, errors } = await bench.ask('home', CREATE, { input });
  expect(errors).toBeUndefined();
  return data.createClient;
}

describe('apps over the Admin API', () => {
  it('are made by a key, which is told the secret this once', async () => {
    const { client, clientSecret } = await create();
    expect(client).toEqual({
      ...WEB,
      clientID: expect.stringMatching(/^[0-9a-f]{16}$/),
      postLogoutRedirectURIs: [],
      initiateLoginURI: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(clientSecret).toMatch(/^[\w-]{43}$/);
    const list = await bench.askAs(operators.viewer, 'home', `{ clients { ${FIELDS} } }`);
    expect(list.data.clients).toContainEqual(client);
    expect(JSON.stringify(list.data)).not.toContain(clientSecret);
  });

  it('are found one by one, the built-in ones and those of another project not', async () => {
    const { client } = await create();
    const query = `query ($id: String!) { client(clientID: $id) { ${FIELDS} } }`;
    const find = async (projectID: string, id: string) =>
      (await bench.ask(projectID, query, { id })).data.client;
    expect(await find('home', client.clientID)).toEqual(client);
    expect(await find('shop', client.clientID)).toBeNull();
    expect(await find('home', 'portal')).toBeNull();
    expect((await bench.ask('shop', '{ clients { clientID } }')).data.clients).toEqual([]);
  });

  it('are changed where something is given; null takes an address away', async () => {
    const { client } = await create();
    const input = { clientID: client.clientID, name: 'Forum', clientURI: null, redirectURIs: null };
    const { data } = await bench.askAs(operators.editor, 'home', UPDATE, { input });
    expect(data.updateClient.client).toEqual({
      ...client,
      name: 'Forum',
      clientURI: null,
      updatedAt: expect.any(String),
    });
  });

  it('get another secret, and are removed', async () => {
    const { client, clientSecret } = await create();
    const input = { clientID: client.clientID };
    const { data } = await bench.ask('home', ROTATE, { input });
    expect(data.rotateClientSecret.clientSecret).toMatch(/^[\w-]{43}$/);
    expect(data.rotateClientSecret.clientSecret).not.toBe(clientSecret);
    expect((await bench.ask('home', DELETE, { input })).data.deleteClient).toEqual({ client: input });
    expectError(await bench.ask('home', DELETE, { input }), ['NotFound', 'ClientNotFound']);
  });

  it('have no secret where they could not keep it', async () => {
    const { client, clientSecret } = await create({ ...WEB, type: 'SPA' });
    expect(clientSecret).toBeNull();
    const input = { clientID: client.clientID };
    expectError(await bench.ask('home', ROTATE, { input }), ['Invalid', 'ClientHasNoSecret']);
  });

  it.each([
    ['an address of another kind', CREATE, { ...WEB, initiateLoginURI: 'wiki' }, 'InvalidClientURI'],
    ['no address to return to', CREATE, { name: 'x', type: 'SPA' }, 'InvalidRedirectURI'],
    ['an id with NUL', UPDATE, { clientID: 'a\0b' }, 'InvalidText'],
    ['a type that is none', CREATE, { ...WEB, type: 'DESKTOP' }, 'GraphQLValidationFailed'],
  ])('refuse %s, and change nothing', async (_what, query, input, reason) => {
    const before = await bench.everything();
    expectError(await bench.ask('home', query, { input }), ['Invalid', reason]);
    expect(await bench.everything()).toBe(before);
  });

  it('of another project cannot be changed', async () => {
    const { client } = await create();
    const input = { clientID: client.clientID };
    for (const query of [UPDATE, ROTATE, DELETE]) {
      const before = await bench.everything();
      expectError(await bench.ask('shop', query, { input }), ['NotFound', 'ClientNotFound']);
      expect(await bench.everything()).toBe(before);
    }
  });

  it('are not changed by a viewer', async () => {
    const { client } = await create();
    const input = { clientID: client.clientID };
    for (const [query, given] of [
      [CREATE, WEB],
      [UPDATE, input],
      [ROTATE, input],
      [DELETE, input],
    ] as const) {
      const before = await bench.everything();
      const answer = await bench.askAs(operators.viewer, 'home', query, { input: given });
      expectError(answer, ['Forbidden', 'RoleInsufficient']);
      expect(await bench.everything()).toBe(before);
    }
  });
});
