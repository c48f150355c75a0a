import { beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, COMMAND_LINE, type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import type { Acting } from '../audit/index.ts';
import { newID } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { setPasswordExpired } from './set-expired.ts';
import { passwordOf } from './store.ts';

let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const set = async (userID: string, expired: boolean, acting: Acting = API_KEY) =>
  setPasswordExpired(test.home, await test.deps(), { userID, expired }, acting);

describe('asking for a change at the next login', () => {
  it('is set and taken back, and touches nothing else', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const user = await userStore(test.home).find(userID);
    const before = await passwordOf(test.home, userID);
    test.clock.advance(60_000);
    await set(userID, true);
    expect(await passwordOf(test.home, userID)).toEqual({ ...before, expireAfter: test.clock.now() });
    await set(userID, false);
    expect(await passwordOf(test.home, userID)).toEqual({ ...before, expireAfter: null });
    expect(await userStore(test.home).find(userID)).toEqual(user);
  });

  it('is recorded, as a mutation only where the API was asked', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await set(userID, true);
    await set(userID, false, COMMAND_LINE);
    expect(await test.trail(userID)).toEqual([
      'USER_CREATED',
      'PASSWORD_EXPIRY_SET',
      'ADMIN_API_MUTATION_SET_PASSWORD_EXPIRED_EXECUTED',
      'PASSWORD_EXPIRY_SET',
    ]);
  });
});

describe('it is refused, and nothing changes', () => {
  const refusals: Record<string, () => Promise<[string, object]>> = {
    'for a user without a password': async () => [
      await test.user(),
      { kind: 'NotFound', reason: 'AuthenticatorNotFound' },
    ],
    'for nobody': async () => [newID(test.clock), { kind: 'NotFound', reason: 'UserNotFound' }],
    'for what is no id': async () => ['no uuid', { kind: 'NotFound', reason: 'UserNotFound' }],
    'for an anonymized user': async () => {
      const userID = await test.user({ password: 'plover hinge 41' });
      await test.home.kysely
        .updateTable('users')
        .set({ is_anonymized: true })
        .where('project_id', '=', 'home')
        .execute();
      return [userID, { kind: 'Invalid', reason: 'UserIsAnonymized' }];
    },
    'for a collaborator, when a key asks': async () => {
      const userID = await test.user({ password: 'plover hinge 41' });
      await test.projects.collaborators.add({ projectID: 'home', userID, role: 'viewer' }, COMMAND_LINE);
      return [userID, { kind: 'Forbidden', reason: 'MayNotActOnCollaborator' }];
    },
  };
  for (const [what, make] of Object.entries(refusals)) {
    it(what, async () => {
      const [userID, error] = await make();
      const before = await test.snapshot();
      await expect(set(userID, true)).rejects.toMatchObject(error);
      expect(await test.snapshot()).toEqual(before);
    });
  }

  it('for a user of another project', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await test.projects.create({ name: 'Other', id: 'other' }, COMMAND_LINE);
    const before = await test.snapshot();
    await expect(
      setPasswordExpired(
        test.database.forProject('other'),
        await test.deps('other'),
        { userID, expired: true },
        API_KEY,
      ),
    ).rejects.toMatchObject({ kind: 'NotFound', reason: 'UserNotFound' });
    expect(await test.snapshot()).toEqual(before);
  });
});
