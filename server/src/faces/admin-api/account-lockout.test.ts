import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  adminApiBench,
  expectError,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { resetPassword, verifyPassword } from '../../passwords/index.ts';
import { LatchkeyError } from '../../platform/errors.ts';
import { globalID, randomToken } from '../../platform/ids.ts';

const PASSWORD = 'a horse of many colours';
const RESET = `mutation ($input: ResetAccountLockoutInput!) {
  resetAccountLockout(input: $input) { user { id accountLockout { isLocked } } }
}`;
const LOCKOUT = `query ($id: ID!) { node(id: $id) { ... on User {
  accountLockout { isLocked lockedUntil lockoutType lockedIPs { ipAddress lockedUntil } }
} } }`;

let bench: AdminApiBench;
let ada: string;

beforeAll(async () => {
  bench = await adminApiBench();
});
afterAll(() => bench.stop());

beforeEach(async () => {
  ada = await bench.addUser('home', `${randomToken(6)}@example.com`);
  const input = { userID: ada, password: PASSWORD, sendPassword: false, setPasswordExpired: false };
  const deps = { ...bench, project: await bench.project('home') };
  const acting = { actor: { type: 'command_line' }, origin: {} } as const;
  await resetPassword(bench.db('home'), deps, { ...input, revokeSessions: false }, acting);
});

async function tries(password: string, ipAddress: string): Promise<boolean | string> {
  const deps = {
    ...bench,
    hasher: { ...bench.hasher, verify: async () => password === PASSWORD },
    project: await bench.project('home'),
  };
  return verifyPassword(bench.db('home'), deps, { userID: ada, account: ada, password }, { ipAddress }).then(
    ({ ok }) => ok,
    (error) => (error instanceof LatchkeyError ? error.reason : Promise.reject(error)),
  );
}

const lockAda = async () => {
  for (let index = 0; index < 100; index++) await tries('wrong', `192.0.2.${index}`);
};
const lockoutOf = async (userID: string) =>
  (await bench.ask('home', LOCKOUT, { id: userGlobalID(userID) })).data.node.accountLockout;

describe('resetAccountLockout', () => {
  it('opens an account that a hundred failures have closed, keeps the password, and records it', async () => {
    expect(await lockoutOf(ada)).toMatchObject({ isLocked: false });
    await lockAda();
    expect(await lockoutOf(ada)).toEqual({
      isLocked: true,
      lockedUntil: null,
      lockoutType: 'per_user',
      lockedIPs: [],
    });
    expect(await tries(PASSWORD, '198.51.100.1')).toBe('AccountLockout');

    const { data } = await bench.ask('home', RESET, { input: { userID: userGlobalID(ada) } });
    expect(data.resetAccountLockout.user).toEqual({
      id: userGlobalID(ada),
      accountLockout: { isLocked: false },
    });
    expect(await tries(PASSWORD, '198.51.100.1')).toBe(true);
    const log = await bench.ask(
      'home',
      `query ($ids: [ID!]) { auditLogs(userIDs: $ids, activityTypes: [ADMIN_API_MUTATION_RESET_ACCOUNT_LOCKOUT_EXECUTED])
        { edges { node { data } } } }`,
      { ids: [userGlobalID(ada)] },
    );
    expect(log.data.auditLogs.edges).toMatchObject([{ node: { data: { failed_attempts: 100 } } }]);
  });

  it('lets an address in again that was held off', async () => {
    for (let index = 0; index < 10; index++) await tries('wrong', '192.0.2.7');
    expect(await tries(PASSWORD, '192.0.2.7')).toBe('RateLimited');
    await bench.ask('home', RESET, { input: { userID: userGlobalID(ada) } });
    expect(await tries(PASSWORD, '192.0.2.7')).toBe(true);
  });

  it('refuses an id that is none, nobody, another project and a collaborator', async () => {
    const ask = (userID: string, project = 'home') => bench.ask(project, RESET, { input: { userID } });
    expectError(await ask('nonsense'), ['Invalid', 'InvalidUserID', 'invalid user ID']);
    expectError(await ask(globalID('Session', ada)), ['Invalid', 'InvalidUserID', 'invalid user ID']);
    expectError(await ask(userGlobalID(crypto.randomUUID())), ['NotFound', 'UserNotFound']);
    expectError(await ask(userGlobalID(ada), 'shop'), ['NotFound', 'UserNotFound']);
    const { userID } = await bench.addOperator('owner@example.com', 'shop', 'owner');
    expectError(await ask(userGlobalID(userID)), ['Forbidden', 'MayNotActOnCollaborator']);
  });

  it('is nothing for a viewer', async () => {
    const viewer = await bench.addOperator('viewer@example.com', 'home', 'viewer');
    const answer = await bench.askAs(viewer, 'home', RESET, { input: { userID: userGlobalID(ada) } });
    expectError(answer, ['Forbidden', 'RoleInsufficient']);
  });
});
