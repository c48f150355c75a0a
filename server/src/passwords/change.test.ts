import { beforeEach, describe, expect, it } from 'vitest';
import { type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import type { Acting } from '../audit/index.ts';
import { newID } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { type ChangeRequest, changePassword } from './change.ts';
import { resetPassword } from './reset.ts';
import { passwordOf } from './store.ts';
import { verifyPassword } from './verify.ts';

let test: TestAccounts;
let userID: string;

beforeEach(async () => {
  test = await testAccounts();
  userID = await test.user({ password: 'plover hinge 41', setPasswordExpired: true });
  return () => test.stop();
});

const own = (): Acting => ({ actor: { type: 'user', userID }, origin: { ipAddress: '192.0.2.1' } });

const change = async (
  newPassword: string,
  input: Partial<ChangeRequest> = {},
  within?: Parameters<typeof changePassword>[4],
) =>
  changePassword(
    test.home,
    await test.deps(),
    { userID, passwordVersion: 1, newPassword, ...input },
    own(),
    within,
  );

const verify = async (password: string) =>
  verifyPassword(test.home, await test.deps(), { userID, account: 'a', password }, {});

describe("a user's own change", () => {
  it('takes the place of the password, ends every session, and need not be repeated', async () => {
    expect(await change('lantern quartz 7')).toEqual({ passwordVersion: 2, sessionEpoch: 1 });
    expect(await verify('plover hinge 41')).toEqual({ ok: false });
    expect(await verify('lantern quartz 7')).toEqual({
      ok: true,
      userID,
      passwordVersion: 2,
      sessionEpoch: 1,
      mustChange: false,
    });
    expect((await passwordOf(test.home, userID))?.expireAfter).toBeNull();
    expect(await test.trail(userID)).toEqual(['USER_CREATED', 'PASSWORD_CHANGED']);
  });

  it('is told to each e-mail login id, without the password', async () => {
    const bob = await test.user({
      loginIDs: [
        { type: 'email', value: 'bob@example.com' },
        { type: 'email', value: 'bob@work.example' },
        { type: 'phone', value: '+85298765432' },
      ],
      password: 'plover hinge 41',
    });
    await changePassword(
      test.home,
      await test.deps(),
      { userID: bob, passwordVersion: 1, newPassword: 'lantern quartz 7' },
      { actor: { type: 'user', userID: bob }, origin: {} },
    );
    const rows = await test.home.kysely
      .selectFrom('messages')
      .select(['recipient', 'type', 'payload', 'secret_sealed'])
      .where('project_id', '=', 'home')
      .orderBy('recipient')
      .execute();
    expect(rows).toEqual(
      ['bob@example.com', 'bob@work.example'].map((recipient) => ({
        recipient,
        type: 'password_changed',
        payload: { loginID: recipient },
        secret_sealed: null,
      })),
    );
    expect(await test.tablesWith('lantern quartz 7')).toEqual([]);
  });

  it('voids a password that was mailed and has not left yet', async () => {
    const input = { userID, sendPassword: true, setPasswordExpired: true, revokeSessions: true };
    await resetPassword(test.home, await test.deps(), input, own());
    await change('lantern quartz 7', { passwordVersion: 2 });
    const row = await test.home.kysely
      .selectFrom('messages')
      .select(['state', 'secret_sealed'])
      .where('project_id', '=', 'home')
      .where('type', '=', 'password_reset_by_admin')
      .executeTakeFirst();
    expect(row).toEqual({ state: 'superseded', secret_sealed: null });
  });
});

describe('a change is refused', () => {
  const refusals: Record<string, () => [string, Partial<ChangeRequest>, object]> = {
    'to the present password': () => [
      'plover hinge 41',
      {},
      { reason: 'PasswordPolicyViolated', info: { causes: [{ Name: 'PasswordSameAsCurrent' }] } },
    ],
    'to one that breaks the policy': () => [
      'alice@example.com',
      {},
      {
        reason: 'PasswordPolicyViolated',
        info: { causes: [{ Name: 'PasswordContainingExcludedKeywords' }] },
      },
    ],
    'to an empty one': () => [
      '',
      {},
      {
        reason: 'PasswordPolicyViolated',
        info: { causes: [{ Name: 'PasswordTooShort', Info: { min_length: 8, pw_length: 0 } }] },
      },
    ],
    'when another password was proved': () => [
      'lantern quartz 7',
      { passwordVersion: 0 },
      { kind: 'Invalid', reason: 'PasswordChangedMeanwhile' },
    ],
    'when the sessions were revoked since': () => [
      'lantern quartz 7',
      { sessionEpoch: 7 },
      { kind: 'Invalid', reason: 'PasswordChangedMeanwhile' },
    ],
    'of a user that is none': () => [
      'lantern quartz 7',
      { userID: newID(test.clock) },
      { kind: 'NotFound', reason: 'UserNotFound' },
    ],
  };
  for (const [what, make] of Object.entries(refusals)) {
    it(`${what}, and nothing changes`, async () => {
      const [password, input, error] = make();
      const before = await test.snapshot();
      await expect(change(password, input)).rejects.toMatchObject(error);
      expect(await test.snapshot()).toEqual(before);
    });
  }

  it('with all causes at once', async () => {
    await test.set('passwords.history_size', 3);
    await test.set('passwords.uppercase_required', true);
    await expect(change('plover hinge 41')).rejects.toMatchObject({
      info: {
        causes: [
          { Name: 'PasswordUppercaseRequired' },
          { Name: 'PasswordReused', Info: { history_size: 3, history_days: 0 } },
          { Name: 'PasswordSameAsCurrent' },
        ],
      },
    });
  });

  it('where there is no password', async () => {
    const bob = await test.user({ loginIDs: [{ type: 'username', value: 'bob' }] });
    const input = { userID: bob, passwordVersion: 0, newPassword: 'lantern quartz 7' };
    await expect(
      changePassword(test.home, await test.deps(), input, {
        actor: { type: 'user', userID: bob },
        origin: {},
      }),
    ).rejects.toMatchObject({ reason: 'PasswordNotSet' });
  });

  it('of somebody else (Kanboard GHSA-fchw-39vq-2wvv)', async () => {
    const acting: Acting = { actor: { type: 'user', userID: newID(test.clock) }, origin: {} };
    const input = { userID, passwordVersion: 1, newPassword: 'lantern quartz 7' };
    await expect(changePassword(test.home, await test.deps(), input, acting)).rejects.toMatchObject({
      kind: 'Forbidden',
    });
  });
});

describe('at the same moment', () => {
  it('of two changes one gets through', async () => {
    const outcomes = await Promise.allSettled([change('lantern quartz 7'), change('lantern quartz 8')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'PasswordChangedMeanwhile' },
    });
    expect((await userStore(test.home).find(userID))?.passwordVersion).toBe(2);
  });

  it('a reset wins over a change that was decided before it', async () => {
    const deps = await test.deps();
    let reset: Promise<unknown> | undefined;
    const hasher = {
      ...deps.hasher,
      async hash(password: string) {
        const made = await deps.hasher.hash(password);
        reset ??= test.home.transaction(async (tx) => {
          const input = { userID, sendPassword: false, setPasswordExpired: false, revokeSessions: true };
          await resetPassword(tx, deps, { ...input, password: 'set by an operator' }, own());
        });
        await reset;
        return made;
      },
    };
    await expect(
      changePassword(
        test.home,
        { ...deps, hasher },
        { userID, passwordVersion: 1, newPassword: 'lantern quartz 7' },
        own(),
      ),
    ).rejects.toMatchObject({ reason: 'PasswordChangedMeanwhile' });
    expect(await verify('set by an operator')).toMatchObject({ ok: true, passwordVersion: 2 });
  });
});

it('what joins the change is committed with it or undoes it', async () => {
  const before = await test.snapshot();
  await expect(
    change('lantern quartz 7', {}, async (tx, written) => {
      expect(tx.inTransaction).toBe(true);
      expect(written).toEqual({ passwordVersion: 2, sessionEpoch: 1 });
      throw new Error('failed');
    }),
  ).rejects.toThrow('failed');
  expect(await test.snapshot()).toEqual(before);
});
