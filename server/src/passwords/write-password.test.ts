import { beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE, type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import { newID } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { passwordOf } from './store.ts';
import { onPresentPassword, upgradeHash } from './write-password.ts';

let test: TestAccounts;

const byOthers = (userID: string) => ({ userID, actor: COMMAND_LINE.actor });
const byUser = (userID: string) => ({ userID, actor: { type: 'user', userID } as const });

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

describe('an act on the present password', () => {
  it('starts over as often as it was overtaken, and writes once', async () => {
    const userID = await test.user();
    const seen: number[] = [];
    const written = await onPresentPassword(
      test.home,
      byOthers(userID),
      async (user) => {
        seen.push(user.passwordVersion);
        if (seen.length < 4) await userStore(test.home).raisePasswordVersion(userID);
        return `decided on ${user.passwordVersion}`;
      },
      async (_, user, decision) => [user.passwordVersion, decision],
    );
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(written).toEqual([3, 'decided on 3']);
  });

  it('decides outside a transaction and writes in one that holds the user', async () => {
    const userID = await test.user();
    const order: string[] = [];
    await onPresentPassword(
      test.home,
      byOthers(userID),
      async () => order.push('decided'),
      async (tx) => {
        expect(tx.inTransaction).toBe(true);
        const raise = userStore(test.home)
          .raisePasswordVersion(userID)
          .then(() => order.push('somebody else'));
        await userStore(tx).raisePasswordVersion(userID);
        order.push('written');
        return { raise };
      },
    ).then(({ raise }) => raise);
    expect(order).toEqual(['decided', 'written', 'somebody else']);
    expect((await userStore(test.home).find(userID))?.passwordVersion).toBe(2);
  });

  it('leaves nothing of a write that failed, and lets the next one in', async () => {
    const userID = await test.user();
    const act = (fails: boolean) =>
      onPresentPassword(
        test.home,
        byOthers(userID),
        async () => {},
        async (tx) => {
          await userStore(tx).raisePasswordVersion(userID);
          if (fails) throw new Error('failed');
        },
      );
    await expect(act(true)).rejects.toThrow('failed');
    await act(false);
    expect((await userStore(test.home).find(userID))?.passwordVersion).toBe(1);
  });

  it("waits for none of the user's own, however many there are and however long they take", async () => {
    const userID = await test.user();
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const raise = (name: string) => async (tx: typeof test.home) => {
      await userStore(tx).raisePasswordVersion(userID);
      order.push(name);
    };
    const own = Array.from({ length: 3 }, () =>
      onPresentPassword(test.home, byUser(userID), () => gate.promise, raise('own')),
    );
    await onPresentPassword(test.home, byOthers(userID), async () => {}, raise('reset'));
    gate.resolve();
    await Promise.all(own);
    expect(order).toEqual(['reset', 'own', 'own', 'own']);
  }, 10_000);

  it('is refused where there is no such user', async () => {
    await expect(
      onPresentPassword(
        test.home,
        byOthers(newID(test.clock)),
        async () => {},
        async () => {},
      ),
    ).rejects.toMatchObject({ reason: 'UserNotFound' });
  });
});

it('a better hash of the same password is not written over another password', async () => {
  const userID = await test.user({ password: 'plover hinge 41' });
  const before = await passwordOf(test.home, userID);
  await upgradeHash(test.home, test.hasher, { userID, hash: 'not the stored one' }, 'plover hinge 41');
  expect(await passwordOf(test.home, userID)).toEqual(before);
  await upgradeHash(test.home, test.hasher, { userID, hash: before?.hash ?? '' }, 'plover hinge 41');
  const after = await passwordOf(test.home, userID);
  expect(after?.hash).not.toBe(before?.hash);
  expect(after).toEqual({ ...before, hash: after?.hash });
});
