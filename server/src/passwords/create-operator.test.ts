import { beforeEach, describe, expect, it } from 'vitest';
import {
  API_KEY,
  COMMAND_LINE,
  operator,
  type TestAccounts,
  testAccounts,
} from '../../../tests/support/passwords.ts';
import { userStore } from '../users/index.ts';
import { createFirstOperator } from './create-first-operator.ts';
import { createOperator, type NewOperator } from './create-operator.ts';
import { verifyPassword } from './verify.ts';

let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const create = async (input: Partial<NewOperator> = {}, acting = COMMAND_LINE) =>
  createOperator(
    test.home,
    await test.deps(),
    { email: 'olga@example.com', projectID: 'home', role: 'owner', ...input },
    acting,
  );

const roleOf = (userID: string, projectID = 'home') => test.projects.collaborators.roleOf(projectID, userID);

const opens = async (userID: string, password: string) =>
  (await verifyPassword(test.home, await test.deps(), { userID, account: 'a', password }, {})).ok;

describe('a new operator', () => {
  it('is a user of home with the password that was typed, and a role', async () => {
    const made = await create({ password: 'plover hinge 41' });
    expect(made).toEqual({ userID: made.userID });
    expect(await opens(made.userID, 'plover hinge 41')).toBe(true);
    expect(await roleOf(made.userID)).toBe('owner');
    expect(await test.trail(made.userID)).toEqual(['USER_CREATED', 'OPERATOR_CREATED', 'COLLABORATOR_ADDED']);
  });

  it('has a generated one where none was typed', async () => {
    const { userID, generated = '' } = await create();
    expect(await opens(userID, generated)).toBe(true);
  });

  it('can be one of another project only', async () => {
    await test.projects.create({ name: 'Other', id: 'other' }, COMMAND_LINE);
    const { userID } = await create({ projectID: 'other', role: 'editor' });
    expect(await roleOf(userID, 'other')).toBe('editor');
    expect(await roleOf(userID)).toBeUndefined();
    expect(await userStore(test.database.forProject('other')).find(userID)).toBeUndefined();
  });
});

describe('a user that exists', () => {
  it('gets the role and keeps the password', async () => {
    await create({ email: 'other@example.com' });
    const { userID } = await create({ password: 'plover hinge 41', role: 'viewer' });
    expect(await create({ email: 'OLGA@example.com', role: 'editor' })).toEqual({ userID });
    expect(await roleOf(userID)).toBe('editor');
    expect(await opens(userID, 'plover hinge 41')).toBe(true);
  });

  it('is not lowered as the last owner, by nobody', async () => {
    await create();
    const before = await test.snapshot();
    await expect(create({ role: 'viewer' })).rejects.toMatchObject({
      kind: 'Forbidden',
      reason: 'LastOwner',
    });
    expect(await test.snapshot()).toEqual(before);
  });

  it('is not given another password, or touched by who may not', async () => {
    await create({ password: 'plover hinge 41' });
    const editor = await create({ email: 'ed@example.com', role: 'editor' });
    const before = await test.snapshot();
    await expect(create({ password: 'lantern quartz 7' })).rejects.toMatchObject({
      reason: 'OperatorExists',
    });
    await expect(create({ role: 'viewer' }, operator(editor.userID))).rejects.toMatchObject({
      kind: 'Forbidden',
    });
    await expect(create({ role: 'viewer' }, API_KEY)).rejects.toMatchObject({ kind: 'Forbidden' });
    expect(await test.snapshot()).toEqual(before);
  });
});

describe('an operator is refused, and nothing changes', () => {
  const refusals: Record<string, [Partial<NewOperator>, object]> = {
    'of no project': [{ projectID: 'nowhere' }, { kind: 'NotFound', reason: 'ProjectNotFound' }],
    'without an address': [{ email: 'olga' }, { kind: 'Invalid', reason: 'InvalidLoginID' }],
    'with a weak password': [{ password: 'short' }, { kind: 'Invalid', reason: 'PasswordPolicyViolated' }],
    'with an empty password': [{ password: '' }, { kind: 'Invalid', reason: 'PasswordPolicyViolated' }],
  };
  for (const [what, [input, error]] of Object.entries(refusals)) {
    it(what, async () => {
      const before = await test.snapshot();
      await expect(create(input)).rejects.toMatchObject(error);
      expect(await test.snapshot()).toEqual(before);
    });
  }
});

describe('the first operator', () => {
  const first = async (token: string, email = 'olga@example.com', password = 'plover hinge 41') =>
    createFirstOperator(test.home, await test.deps(), { token, email, password }, { ipAddress: '192.0.2.1' });

  const token = async () => (await test.projects.firstRun.renew()) ?? '';

  it('owns home, and the link is used up', async () => {
    const link = await token();
    const { userID } = await first(link);
    expect(await roleOf(userID)).toBe('owner');
    expect(await opens(userID, 'plover hinge 41')).toBe(true);
    expect(await test.projects.firstRun.isNeeded()).toBe(false);
    await expect(first(link, 'eve@example.com')).rejects.toMatchObject({
      kind: 'Forbidden',
      reason: 'FirstRunLinkInvalid',
    });
  });

  it('owns every project that was made before', async () => {
    await test.projects.create({ name: 'Shop', id: 'shop' }, COMMAND_LINE);
    const { userID } = await first(await token());
    expect(await roleOf(userID, 'shop')).toBe('owner');
  });

  it('is nobody without the link, however the rest looks', async () => {
    await token();
    const before = await test.snapshot();
    for (const wrong of ['', 'wrong', 'a'.repeat(43)]) {
      await expect(first(wrong, 'no address', '')).rejects.toMatchObject({ reason: 'FirstRunLinkInvalid' });
    }
    expect(await test.snapshot()).toEqual(before);
  });

  it('is nobody after an hour', async () => {
    const link = await token();
    test.clock.advance(60 * 60_000);
    await expect(first(link)).rejects.toMatchObject({ reason: 'FirstRunLinkInvalid' });
  });

  it('can try again after a mistake', async () => {
    const link = await token();
    const before = await test.snapshot();
    await expect(first(link, 'olga')).rejects.toMatchObject({ reason: 'InvalidLoginID' });
    await expect(first(link, 'olga@example.com', 'short')).rejects.toMatchObject({
      reason: 'PasswordPolicyViolated',
    });
    expect(await test.snapshot()).toEqual(before);
    await test.user({ loginIDs: [{ type: 'email', value: 'taken@example.com' }] });
    await expect(first(link, 'taken@example.com')).rejects.toMatchObject({ reason: 'InvariantViolated' });
    await first(link);
  });

  it('is one, of two at once', async () => {
    const link = await token();
    const outcomes = await Promise.allSettled([first(link), first(link, 'eve@example.com')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await test.projects.collaborators.listFor('home')).toHaveLength(1);
  });
});
