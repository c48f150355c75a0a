import { hash as argon2Hash } from '@node-rs/argon2';
import { beforeEach, describe, expect, it } from 'vitest';
import { type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import { unavailable } from '../platform/errors.ts';
import { newID } from '../platform/ids.ts';
import { DUMMY_HASH, type Hasher } from './hasher.ts';
import { passwordOf } from './store.ts';
import { verifyPassword } from './verify.ts';

const DAY_MS = 86_400_000;
let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const verify = async (userID: string | undefined, password: string, hasher = test.hasher) =>
  verifyPassword(test.home, { ...(await test.deps()), hasher }, { userID, account: 'a', password }, {});

/** Notes what it was asked to verify. */
function watched(hasher: Hasher): Hasher & { verified: string[] } {
  const verified: string[] = [];
  return {
    ...hasher,
    verified,
    verify(hash, password) {
      verified.push(hash);
      return hasher.verify(hash, password);
    },
  };
}

describe('a password', () => {
  it('is right in every normal form of it, and in nothing else', async () => {
    const userID = await test.user({ password: 'caf\u00e9 lantern' });
    for (const right of ['caf\u00e9 lantern', 'cafe\u0301 lantern']) {
      expect(await verify(userID, right)).toEqual({
        ok: true,
        userID,
        sessionEpoch: 0,
        passwordVersion: 1,
        mustChange: false,
      });
    }
    for (const wrong of [
      '',
      'cafe lantern',
      'Caf\u00e9 lantern',
      'caf\u00e9 lantern ',
      'caf\u00e9 lantern\0',
    ]) {
      expect(await verify(userID, wrong)).toEqual({ ok: false });
    }
  });

  it('is nobody else’s, in this project or in another', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await test.projects.create({ name: 'Other', id: 'other' }, { actor: { type: 'system' }, origin: {} });
    const other = test.database.forProject('other');
    const input = { userID, account: 'a', password: 'plover hinge 41' };
    expect(await verifyPassword(other, await test.deps('other'), input, {})).toEqual({ ok: false });
    const bob = await test.user({
      loginIDs: [{ type: 'username', value: 'bob' }],
      password: 'lantern quartz 7',
    });
    expect(await verify(bob, 'plover hinge 41')).toEqual({ ok: false });
  });
});

describe('the work is one hash', () => {
  const cases: Record<string, () => Promise<[string | undefined, string]>> = {
    'of nobody': async () => [undefined, 'plover hinge 41'],
    'of an unknown user': async () => [newID(test.clock), 'plover hinge 41'],
    'of a user without a password': async () => [await test.user(), 'plover hinge 41'],
    'of a wrong password': async () => [await test.user({ password: 'plover hinge 41' }), 'wrong'],
    'of an empty password': async () => [await test.user({ password: 'plover hinge 41' }), ''],
    'of 100,000 characters': async () => [
      await test.user({ password: 'plover hinge 41' }),
      'a'.repeat(100_000),
    ],
    'of what nobody can type': async () => [await test.user({ password: 'plover hinge 41' }), 'a\0b\ud800'],
  };
  for (const [what, make] of Object.entries(cases)) {
    it(what, async () => {
      const [userID, password] = await make();
      const hasher = watched(test.hasher);
      expect(await verify(userID, password, hasher)).toEqual({ ok: false });
      expect(hasher.verified).toHaveLength(1);
      expect(hasher.verified[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });
  }

  it('of the dummy where there is nothing to compare with', async () => {
    const hasher = watched(test.hasher);
    await verify(undefined, 'plover hinge 41', hasher);
    expect(hasher.verified).toEqual([DUMMY_HASH]);
  });
});

describe('a right password must be changed', () => {
  it('from the moment it expires', async () => {
    const userID = await test.user({ password: 'plover hinge 41', setPasswordExpired: true });
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ ok: true, mustChange: true });
    await test.home.kysely
      .updateTable('authenticators')
      .set({ expire_after: new Date(test.clock.now().getTime() + 1) })
      .where('project_id', '=', 'home')
      .execute();
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ ok: true, mustChange: false });
    test.clock.advance(1);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ ok: true, mustChange: true });
  });

  it('when it is older than the project lets it be', async () => {
    await test.set('passwords.expiry_days', 30);
    const userID = await test.user({ password: 'plover hinge 41' });
    test.clock.advance(30 * DAY_MS - 1);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ mustChange: false });
    test.clock.advance(1);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ mustChange: true });
  });

  it('when it no longer complies and the project enforces that', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await test.set('passwords.min_length', 20);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ mustChange: false });
    await test.set('passwords.force_change', true);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ mustChange: true });
    await test.set('passwords.min_length', 8);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ mustChange: false });
  });
});

describe('a hash of other parameters', () => {
  const weaken = async (userID: string) => {
    const hash = await argon2Hash('plover hinge 41', { memoryCost: 1024, timeCost: 1 });
    await test.home.kysely
      .updateTable('authenticators')
      .set({ password_hash: hash })
      .where('project_id', '=', 'home')
      .where('user_id', '=', userID)
      .execute();
    return hash;
  };

  it('is made anew when its password is verified, and nothing else changes', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const weak = await weaken(userID);
    const before = await passwordOf(test.home, userID);
    expect(await verify(userID, 'wrong')).toEqual({ ok: false });
    expect((await passwordOf(test.home, userID))?.hash).toBe(weak);
    test.clock.advance(DAY_MS);
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ ok: true, passwordVersion: 1 });
    const after = await passwordOf(test.home, userID);
    expect(after?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(after).toEqual({ ...before, hash: after?.hash });
    expect(await verify(userID, 'plover hinge 41')).toMatchObject({ ok: true });
  });

  it('waits for the next login where there is no time for a new one', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const weak = await weaken(userID);
    const busy: Hasher = {
      ...test.hasher,
      hash: async () => {
        throw unavailable('HashingQueueFull', 'busy');
      },
    };
    expect(await verify(userID, 'plover hinge 41', busy)).toMatchObject({ ok: true });
    expect((await passwordOf(test.home, userID))?.hash).toBe(weak);
  });
});
