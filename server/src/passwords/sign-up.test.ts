import { beforeEach, describe, expect, it } from 'vitest';
import { type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import { auditStore } from '../audit/index.ts';
import { normalizeLoginID, userStore } from '../users/index.ts';
import { signUp, verifyPassword } from './index.ts';

const ORIGIN = { ipAddress: '192.0.2.1', userAgent: 'test' };
const PASSWORD = 'plover hinge 41';

let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const sign = async (
  { address = 'Alice@Example.com', password = PASSWORD, locale = 'de' } = {},
  within: Parameters<typeof signUp>[4] = async () => {},
) => {
  const input = { address: normalizeLoginID('email', address), password, locale };
  return signUp(test.home, await test.deps(), input, ORIGIN, within);
};

describe('who signs up', () => {
  it('has an account with a verified address and the password, made by themself', async () => {
    const { userID } = await sign();
    expect(await userStore(test.home).find(userID)).toMatchObject({ locale: 'de', passwordVersion: 1 });
    expect(await userStore(test.home).identitiesOf(userID)).toMatchObject([
      { type: 'email', original: 'Alice@Example.com', verifiedAt: test.clock.now() },
    ]);
    const tried = { userID, account: 'a', password: PASSWORD };
    expect(await verifyPassword(test.home, await test.deps(), tried, {})).toMatchObject({
      ok: true,
      mustChange: false,
    });
    const { items } = await auditStore(test.home).page(
      { userIDs: [userID] },
      { limit: 9, sortDirection: 'ASC' },
    );
    expect(items.map(({ activityType, actor, data }) => [activityType, actor, data])).toEqual([
      [
        'USER_CREATED',
        { type: 'user', userID },
        { login_ids: [{ type: 'email', value: 'alice@example.com' }] },
      ],
      ['IDENTITY_EMAIL_VERIFIED', { type: 'user', userID }, { login_id: 'alice@example.com' }],
    ]);
    expect(await test.tablesWith(PASSWORD)).toEqual([]);
  });

  it('waits for the hash behind others from their address, and keeps nobody elsewhere waiting', async () => {
    const deps = await test.deps();
    const sources: unknown[] = [];
    const hasher: typeof deps.hasher = {
      ...deps.hasher,
      hash(password, source) {
        sources.push(source);
        return deps.hasher.hash(password, source);
      },
    };
    const input = { address: normalizeLoginID('email', 'ada@example.com'), password: PASSWORD };
    await signUp(test.home, { ...deps, hasher }, input, ORIGIN, async () => {});
    expect(sources).toEqual([ORIGIN.ipAddress]);
  });

  it.each([
    ['a password that breaks the policy', { password: 'short' }, 'PasswordPolicyViolated'],
    ['their address as the password', { password: 'alice@example.com' }, 'PasswordPolicyViolated'],
  ])('leaves nothing behind with %s', async (_, input, reason) => {
    const before = await test.snapshot();
    await expect(sign(input)).rejects.toMatchObject({ reason });
    expect(await test.snapshot()).toEqual(before);
  });

  it('leaves nothing behind where what has to be true together with the account is not', async () => {
    const before = await test.snapshot();
    await expect(sign({}, () => Promise.reject(new Error('overtaken')))).rejects.toThrow('overtaken');
    expect(await test.snapshot()).toEqual(before);
  });

  it('does not get an account that an operator made, whether its address is verified or not', async () => {
    const userID = await test.user({ password: 'lantern quartz 7' });
    const before = await test.snapshot();
    for (const address of ['alice@example.com', 'ALICE@EXAMPLE.COM']) {
      await expect(sign({ address })).rejects.toMatchObject({ reason: 'InvariantViolated' });
    }
    expect(await test.snapshot()).toEqual(before);
    expect(await userStore(test.home).identitiesOf(userID)).toMatchObject([{ verifiedAt: null }]);
  });

  it('is the one of many at once with the same address', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => sign()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const users = test.home.kysely.selectFrom('users').select('id').where('project_id', '=', 'home');
    expect(await users.execute()).toHaveLength(1);
  });
});
