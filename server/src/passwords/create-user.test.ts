import { beforeEach, describe, expect, it } from 'vitest';
import {
  API_KEY,
  COMMAND_LINE,
  operator,
  type TestAccounts,
  testAccounts,
} from '../../../tests/support/passwords.ts';
import { secretPurpose } from '../messages/secret.ts';
import { newID } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { createUser, type NewUser } from './create-user.ts';
import { passwordOf } from './store.ts';
import { verifyPassword } from './verify.ts';

let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const ALICE: NewUser = {
  loginIDs: [{ type: 'email', value: ' Alice@Example.com ' }],
  sendPassword: false,
  setPasswordExpired: false,
};

const create = async (input: Partial<NewUser> = {}, acting = API_KEY) =>
  createUser(test.home, await test.deps(), { ...ALICE, ...input }, acting);

const verify = async (userID: string, password: string) =>
  verifyPassword(test.home, await test.deps(), { userID, account: 'a', password }, {});

describe('a new user', () => {
  for (const password of [undefined, null]) {
    it(`has no password where it is ${password}`, async () => {
      const made = await create({ password, setPasswordExpired: true });
      expect(made).toEqual({ userID: made.userID, messageIDs: [] });
      expect(await passwordOf(test.home, made.userID)).toBeUndefined();
      expect(await userStore(test.home).find(made.userID)).toMatchObject({ passwordVersion: 0 });
      expect(await test.trail(made.userID)).toEqual([
        'USER_CREATED',
        'ADMIN_API_MUTATION_CREATE_USER_EXECUTED',
      ]);
    });
  }

  it('has the one that was typed', async () => {
    const { userID, generated } = await create({ password: 'plover hinge 41', setPasswordExpired: true });
    expect(generated).toBeUndefined();
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ ok: true, mustChange: true });
    const [identity] = await userStore(test.home).identitiesOf(userID);
    expect(identity).toMatchObject({ original: 'Alice@Example.com', uniqueKey: 'alice@example.com' });
  });

  it('has a generated one where it is empty, mailed in the words for a new account', async () => {
    const { userID, generated = '', messageIDs } = await create({ password: '', sendPassword: true });
    expect(await verify(userID, generated)).toMatchObject({ ok: true, mustChange: false });
    const rows = await test.home.kysely
      .selectFrom('messages')
      .selectAll()
      .where('project_id', '=', 'home')
      .execute();
    expect(rows).toMatchObject([
      {
        id: messageIDs[0],
        type: 'account_created',
        recipient: 'Alice@Example.com',
        payload: { loginID: 'Alice@Example.com', mustChange: false },
        password_version: 1,
      },
    ]);
    const sealed = rows[0]?.secret_sealed ?? '';
    expect(test.secrets.open(secretPurpose('home', messageIDs[0] ?? ''), sealed).toString()).toBe(generated);
    expect(await test.tablesWith(generated)).toEqual([]);
  });

  it('can have several login ids and a period of validity', async () => {
    const accountValidFrom = new Date('2026-02-01T00:00:00Z');
    const { userID } = await create({
      loginIDs: [...ALICE.loginIDs, { type: 'phone', value: '+852 9876 5432' }],
      accountValidFrom,
    });
    expect(await userStore(test.home).find(userID)).toMatchObject({ accountValidFrom });
    expect(await userStore(test.home).identitiesOf(userID)).toHaveLength(2);
  });

  it('made by the command line is no mutation of the API', async () => {
    const { userID } = await create({}, COMMAND_LINE);
    expect(await test.trail(userID)).toEqual(['USER_CREATED']);
  });
});

describe('is refused, and nothing changes', () => {
  const invalid = (reason: string) => ({ kind: 'Invalid', reason });
  const refusals: Record<string, [Partial<NewUser>, object]> = {
    'without a login id': [{ loginIDs: [] }, invalid('LoginIDRequired')],
    'with a malformed one': [{ loginIDs: [{ type: 'email', value: 'alice' }] }, invalid('InvalidLoginID')],
    'sending a password there is not': [{ sendPassword: true }, invalid('SendPasswordWithoutPassword')],
    'sending it nowhere': [
      { loginIDs: [{ type: 'username', value: 'alice' }], password: '', sendPassword: true },
      invalid('SendPasswordNoTarget'),
    ],
    'with a password that breaks the policy': [
      { password: 'short' },
      {
        ...invalid('PasswordPolicyViolated'),
        info: { causes: [{ Name: 'PasswordTooShort', Info: { min_length: 8, pw_length: 5 } }] },
      },
    ],
    'with a password that is the login id': [
      { password: 'ALICE@example.com' },
      { info: { causes: [{ Name: 'PasswordContainingExcludedKeywords' }] } },
    ],
    'with a login id of another user': [
      { loginIDs: [{ type: 'email', value: 'BOB@example.com' }], password: '', sendPassword: true },
      { ...invalid('InvariantViolated'), info: { cause: { kind: 'DuplicatedIdentity' } } },
    ],
  };
  for (const [what, [input, error]] of Object.entries(refusals)) {
    it(what, async () => {
      await create({ loginIDs: [{ type: 'email', value: 'bob@example.com' }] });
      const before = await test.snapshot();
      await expect(create(input)).rejects.toMatchObject(error);
      expect(await test.snapshot()).toEqual(before);
    });
  }

  it('with a kind of login id the project does not have', async () => {
    await test.set('login.identity_types', ['email', 'phone']);
    await expect(create({ loginIDs: [{ type: 'username', value: 'alice' }] })).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'LoginIDTypeDisabled',
      info: { type: 'username', enabled: ['email', 'phone'] },
    });
  });

  it('with a typed password where only users may type one', async () => {
    await test.set('passwords.typing_by_operators', false);
    for (const acting of [API_KEY, operator(newID(test.clock))]) {
      await expect(create({ password: 'plover hinge 41' }, acting)).rejects.toMatchObject({
        kind: 'Forbidden',
        reason: 'TypingPasswordDisabled',
      });
    }
    await create({ password: '', sendPassword: true });
  });
});

it('of two with one login id at once one is made', async () => {
  const outcomes = await Promise.allSettled([create({ password: '' }), create({ password: '' })]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const users = test.home.kysely.selectFrom('users').select('id').where('project_id', '=', 'home');
  expect(await users.execute()).toHaveLength(1);
});
