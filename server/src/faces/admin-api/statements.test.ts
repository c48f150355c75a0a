import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type AdminApiBench,
  adminApiBench,
  scene,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { insertUser, normalizeLoginID } from '../../users/index.ts';

const USERS = 100;
let bench: AdminApiBench;
const ids: string[] = [];

beforeAll(async () => {
  bench = await adminApiBench();
  const { clock } = bench;
  for (let i = 0; i < USERS; i++) {
    const loginIDs = [
      normalizeLoginID('email', `u${i}@example.com`),
      normalizeLoginID('username', `user-${i}`),
    ];
    const user = await bench.db('home').transaction((tx) => insertUser(tx, { clock }, { loginIDs }, scene));
    ids.push(userGlobalID(user.id));
  }
  await bench.ask('home', '{ __typename }');
});
afterAll(() => bench.stop());
afterEach(() => vi.restoreAllMocks());

/** Runs a query and counts the SQL statements that it took. */
async function statements(query: string, variables: Record<string, unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  const answer = await bench.ask('home', query, variables);
  expect(answer.errors).toBeUndefined();
  const count = spy.mock.calls.length;
  spy.mockRestore();
  expect(count).toBeGreaterThan(2);
  return count;
}

const FIELDS = `id formattedName endUserAccountID standardAttributes isDisabled verifiedClaims { name }
  loginIDs { id claims } identities(first: 5) { edges { node { id claims } } }
  primaryPassword { expireAfter } secondaryPassword { id } secondaryTOTPAuthenticators { id }
  authenticators(first: 5) { edges { node { id } } }
  roles { edges { node { key } } }`;

describe('the number of SQL statements does not grow', () => {
  it('with the number of users on a page, with all their identities and authenticators', async () => {
    const query = `query ($first: Int!) { users(first: $first) { totalCount edges { node { ${FIELDS} } } } }`;
    const one = await statements(query, { first: 1 });
    expect(await statements(query, { first: USERS })).toBe(one);
    expect(one).toBeLessThanOrEqual(8);
  });

  it('with the number of nodes that are asked for', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { ${FIELDS} } } }`;
    const one = await statements(query, { ids: ids.slice(0, 1) });
    expect(await statements(query, { ids })).toBe(one);
  });

  it('with the number of audit log entries, with the user each is about', async () => {
    const query = `query ($first: Int!) {
      auditLogs(first: $first, activityTypes: [USER_CREATED]) { edges { node { data actor { name } user { ${FIELDS} } } } }
    }`;
    const one = await statements(query, { first: 1 });
    expect(await statements(query, { first: USERS })).toBe(one);
  });

  it('with the aliases under which the same user is asked for', async () => {
    const aliases = (count: number) =>
      `query ($id: ID!) { ${Array.from({ length: count }, (_, i) => `a${i}: node(id: $id) { ... on User { ${FIELDS} } }`).join(' ')} }`;
    const variables = { id: ids[0] };
    expect(await statements(aliases(20), variables)).toBe(await statements(aliases(1), variables));
  });
});
