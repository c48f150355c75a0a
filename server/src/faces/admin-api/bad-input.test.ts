import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  type Answer,
  adminApiBench,
  apiRequest,
  expectError,
  type Refusal,
  signToken,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { hashingQueueFull } from '../../passwords/errors.ts';
import { globalID } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { createAdminApi } from './index.ts';

let bench: AdminApiBench;
let alice: string;
let shopper: string;
let before: string;

beforeAll(async () => {
  bench = await adminApiBench();
  alice = await bench.addUser('home', 'alice@example.com');
  shopper = await bench.addUser('shop', 'shopper@example.com');
  await bench.ask('home', RESET, { input: { userID: userGlobalID(alice), password: 'the one she has' } });
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
const EXPIRE =
  'mutation ($input: SetPasswordExpiredInput!) { setPasswordExpired(input: $input) { user { id } } }';
const CREATE = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }';

const invalidUserID: Refusal = ['Invalid', 'InvalidUserID', /^invalid user ID$/];
const noSuchUser: Refusal = ['NotFound', 'UserNotFound', /^user not found$/];

describe('a user id', () => {
  const uuid = '0195c1f0-7d4e-7000-8000-000000000001';
  it.each([
    ['is empty', ''],
    ['is a bare UUID', uuid],
    ['is not base64url', '!!!!'],
    ['is base64 of something else', Buffer.from('hello').toString('base64url')],
    ['is of another type', globalID('Identity', uuid)],
    ['is of a type in lower case', globalID('user', uuid)],
    ['has a space before the type', globalID(' User', uuid)],
    ['is no UUID', globalID('User', 'alice')],
    ['is a UUID in braces', globalID('User', `{${uuid}}`)],
    ['is an SQL injection', globalID('User', `${uuid}' or '1'='1`)],
    ['holds NUL', globalID('User', `${uuid}\0`)],
    ['holds two', globalID('User', `${uuid}:${uuid}`)],
    ['is very long', 'A'.repeat(100_000)],
  ])('that %s is invalid', async (_, userID) => {
    expectError(await bench.ask('home', RESET, { input: { userID } }), invalidUserID);
    expectError(await bench.ask('home', EXPIRE, { input: { userID, expired: true } }), invalidUserID);
  });

  it('of nobody is not found', async () => {
    const userID = userGlobalID(uuid);
    expectError(await bench.ask('home', RESET, { input: { userID } }), noSuchUser);
    expectError(await bench.ask('home', EXPIRE, { input: { userID, expired: true } }), noSuchUser);
  });

  it('of another project is not found, in the same words as nobody’s', async () => {
    const userID = userGlobalID(shopper);
    const nobody = await bench.ask('home', RESET, { input: { userID: userGlobalID(uuid) } });
    const theirs = await bench.ask('home', RESET, { input: { userID } });
    expect(theirs.errors).toEqual(nobody.errors);
    expectError(await bench.ask('home', EXPIRE, { input: { userID, expired: true } }), noSuchUser);
    expectError(await bench.ask('shop', RESET, { input: { userID: userGlobalID(alice) } }), noSuchUser);
  });
});

describe('a password', () => {
  const reset = (password: unknown) =>
    bench.ask('home', RESET, { input: { userID: userGlobalID(alice), password } });

  it.each([
    ['is too short', 'short', [{ Name: 'PasswordTooShort', Info: { min_length: 8, pw_length: 5 } }]],
    [
      'is seven emoji, which are seven characters',
      '🔑'.repeat(7),
      [{ Name: 'PasswordTooShort', Info: { min_length: 8, pw_length: 7 } }],
    ],
    ['has a NUL', 'a password\0with more', [{ Name: 'PasswordControlCharacter' }]],
    [
      'has 100,000 characters',
      'x'.repeat(100_000),
      [{ Name: 'PasswordTooLong', Info: { max_length: 128, pw_length: 100_000 } }],
    ],
    [
      'holds the login id, in whichever case',
      'x ALICE@example.com x',
      [{ Name: 'PasswordContainingExcludedKeywords' }],
    ],
  ])('that %s breaks the policy', async (_, password, causes) => {
    const answer = await reset(password);
    expectError(answer, ['Invalid', 'PasswordPolicyViolated']);
    expect(answer.errors?.[0]?.extensions.info).toEqual({ causes });
    expect(JSON.stringify(answer)).not.toContain(password);
  });

  it('that breaks many rules names them all', async () => {
    const answer = await reset('Latchke\0');
    const short = await reset('a\0');
    const names = (given: Answer) =>
      ((given.errors?.[0]?.extensions.info?.causes ?? []) as { Name: string }[]).map(({ Name }) => Name);
    expect(names(answer)).toEqual(['PasswordControlCharacter']);
    expect(names(short)).toEqual(['PasswordTooShort', 'PasswordControlCharacter']);
  });

  it.each([[123], [true], [['x']], [{ $ne: null }]])(
    'that is %j and no text is refused',
    async (password) => {
      expectError(await reset(password), ['Invalid', 'GraphQLValidationFailed', /"input.password"/]);
    },
  );

  it('has nowhere to go without an e-mail address', async () => {
    const made = await bench.ask('home', CREATE, {
      input: { definition: { loginID: { key: 'username', value: 'nomail' } } },
    });
    before = await bench.everything();
    const userID = made.data.createUser.user.id;
    expectError(await bench.ask('home', RESET, { input: { userID, sendPassword: true } }), [
      'Invalid',
      'SendPasswordNoTarget',
    ]);
    expectError(await bench.ask('home', EXPIRE, { input: { userID, expired: true } }), [
      'NotFound',
      'AuthenticatorNotFound',
      /^authenticator not found$/,
    ]);
  });

  it('is not set for an anonymized user', async () => {
    const userID = await bench.addUser('home', 'gone@example.com');
    await bench
      .db('home')
      .kysely.updateTable('users')
      .set({ is_anonymized: true })
      .where('project_id', '=', 'home')
      .where('id', '=', userID)
      .execute();
    before = await bench.everything();
    const answer = await bench.ask('home', RESET, { input: { userID: userGlobalID(userID) } });
    expect(answer.errors).toMatchObject([{ extensions: { errorName: 'Invalid' } }]);
  });

  /** Resets alice's password on a server whose hasher fails with an error. */
  async function resetWith(failure: Error) {
    const { test, clock } = bench;
    const logged: Record<string, unknown>[] = [];
    const log = createLog({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line)) });
    const hasher = { ...bench.hasher, hash: () => Promise.reject(failure) };
    const config = { production: false, smtpURL: undefined };
    const api = createAdminApi({
      ...bench,
      config,
      database: test.database,
      log,
      hasher,
    });
    const token = await signToken(await bench.key('home'), clock);
    const body = {
      query: RESET,
      variables: { input: { userID: userGlobalID(alice), password: 'a good one' } },
    };
    const response = await api.handleWithKey(apiRequest(body, token), await bench.project('home'), {});
    return { answer: (await response.json()) as Answer, logged };
  }

  it('that finds the hashing queue full has to come back later', async () => {
    const { answer, logged } = await resetWith(hashingQueueFull(3));
    expect(answer).toMatchObject({
      data: null,
      errors: [
        {
          extensions: {
            errorName: 'ServiceUnavailable',
            reason: 'HashingQueueFull',
            info: { retry_after_seconds: 3 },
          },
        },
      ],
    });
    expect(logged).toEqual([]);
  });

  it('that meets a failure of ours is told an id, under which the log has the rest', async () => {
    const { answer, logged } = await resetWith(new Error('no memory at 10.0.0.7'));
    const [error] = answer.errors ?? [];
    expect(error).toMatchObject({
      message: 'unexpected error',
      path: ['resetPassword'],
      extensions: { errorName: 'InternalError', reason: 'UnexpectedError' },
    });
    expect(JSON.stringify(answer)).not.toMatch(/memory|10\.0\.0\.7|a good one/);
    const errorID = error?.extensions.info?.error_id;
    expect(logged).toMatchObject([{ level: 'error', errorID, err: { message: 'no memory at 10.0.0.7' } }]);
    expect(JSON.stringify(logged)).not.toContain('a good one');
  });
});

describe('a new user', () => {
  const email = (value: string) => ({ definition: { loginID: { key: 'email', value } } });

  it.each<[string, Record<string, unknown>, Refusal]>([
    ['has a login id somebody has', email('alice@example.com'), ['Invalid', 'InvariantViolated']],
    ['has it in another case', email('ALICE@Example.COM'), ['Invalid', 'InvariantViolated']],
    [
      'has it in full-width letters of the domain',
      email('alice@ｅxample.com'),
      ['Invalid', 'InvariantViolated'],
    ],
    ['has a ligature in the address', email('ﬁona@example.com'), ['Invalid', 'InvalidLoginID']],
    ['has an address with NUL', email('a\0b@example.com'), ['Invalid', 'InvalidLoginID']],
    ['has two addresses in one', email('a@example.com,b@example.com'), ['Invalid', 'InvalidLoginID']],
    [
      'has a header in the address',
      email('a@example.com\r\nBcc: b@example.com'),
      ['Invalid', 'InvalidLoginID'],
    ],
    ['has no address', email('nobody'), ['Invalid', 'InvalidLoginID']],
    ['has an endless address', email(`${'a'.repeat(100_000)}@example.com`), ['Invalid', 'InvalidLoginID']],
    ['has an empty login id', email(''), ['Invalid', 'InvalidIdentityDefinition', /key & value is required/]],
    ['has no login id', { definition: {} }, ['Invalid', 'InvalidIdentityDefinition', /exactly 1 field/]],
    ['has none', { definition: { loginID: null } }, ['Invalid', 'InvalidIdentityDefinition']],
    [
      'has a login id of an unknown kind',
      { definition: { loginID: { key: 'fax', value: '1' } } },
      ['Invalid', 'InvariantViolated', /^invalid login ID key/],
    ],
    [
      'has a password too weak',
      { ...email('weak@example.com'), password: 'x' },
      ['Invalid', 'PasswordPolicyViolated'],
    ],
    [
      'is to be sent a password it has not',
      { ...email('none@example.com'), sendPassword: true },
      ['Invalid', 'SendPasswordWithoutPassword'],
    ],
    [
      'is to be sent a password nowhere',
      { definition: { loginID: { key: 'username', value: 'nowhere' } }, password: '', sendPassword: true },
      ['Invalid', 'SendPasswordNoTarget'],
    ],
    [
      'ends before it begins',
      {
        ...email('x@example.com'),
        accountValidFrom: '2027-01-01T00:00:00Z',
        accountValidUntil: '2026-01-01T00:00:00Z',
      },
      ['Invalid', 'InvalidAccountStatusTransition'],
    ],
    ...['2027-01-01', 'tomorrow', '2027-13-01T00:00:00Z', '2027-01-01T00:00:00', 1_800_000_000].map(
      (accountValidFrom): [string, Record<string, unknown>, Refusal] => [
        `begins at ${accountValidFrom}`,
        { ...email('x@example.com'), accountValidFrom },
        ['Invalid', 'GraphQLValidationFailed', /RFC 3339/],
      ],
    ),
  ])('that %s is refused', async (_, input, refusal) => {
    expectError(await bench.ask('home', CREATE, { input }), refusal);
  });

  it('says as Authgear does what is wrong with the login id', async () => {
    const duplicate = await bench.ask('home', CREATE, { input: email('alice@example.com') });
    expect(duplicate.errors?.[0]?.extensions.info).toMatchObject({ cause: { kind: 'DuplicatedIdentity' } });
    const key = await bench.ask('home', CREATE, {
      input: { definition: { loginID: { key: 'fax', value: '1' } } },
    });
    expect(key.errors?.[0]?.extensions.info).toEqual({ cause: { kind: 'InvalidLoginIDKey' } });
  });
});

describe('the arguments of a list', () => {
  it.each<[string, string, string]>([
    ['users(first: 0) { totalCount }', 'InvalidPageSize', 'first'],
    ['users(first: 101) { totalCount }', 'InvalidPageSize', 'first'],
    ['users(last: -1) { totalCount }', 'InvalidPageSize', 'last'],
    ['users(first: 1, last: 1) { totalCount }', 'InvalidPage', ''],
    ['users(after: "x") { totalCount }', 'InvalidCursor', ''],
    ['users(before: "") { totalCount }', 'InvalidCursor', ''],
    [`users(searchKeyword: "a\\u0000b") { totalCount }`, 'InvalidText', 'searchKeyword'],
    [`users(searchKeyword: "${'x'.repeat(1_001)}") { totalCount }`, 'InvalidText', 'searchKeyword'],
    ['users(roleKeys: ["x"], after: "x") { totalCount }', 'InvalidCursor', ''],
    ['auditLogs(after: "x") { totalCount }', 'InvalidCursor', ''],
    ['auditLogs(first: 1000000) { totalCount }', 'InvalidPageSize', 'first'],
    ['auditLogs(userIDs: ["x"]) { totalCount }', 'InvalidUserID', ''],
    ['auditLogs(emailAddresses: ["a\\u0000"]) { totalCount }', 'InvalidText', 'emailAddresses'],
    [`auditLogs(userIDs: [${'"x" '.repeat(101)}]) { totalCount }`, 'TooManyFilters', 'userIDs'],
    [`nodes(ids: [${'"x" '.repeat(101)}]) { id }`, 'TooManyIDs', 'ids'],
    ['getUserByLoginID(loginIDKey: "fax", loginIDValue: "x") { id }', 'InvariantViolated', 'login ID key'],
  ])('%.70s are refused', async (field, reason, words) => {
    const answer = await bench.ask('home', `{ ${field} }`);
    expect(answer.errors).toMatchObject([{ extensions: { errorName: 'Invalid', reason } }]);
    expect(answer.errors?.[0]?.message).toContain(words);
  });
});
