import { beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE, operator, type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import { listAudit } from '../audit/index.ts';
import { openDatabase } from '../platform/database/index.ts';
import { LatchkeyError, unavailable } from '../platform/errors.ts';
import { createRateLimits } from '../platform/rate-limits/index.ts';
import { changePassword } from './change.ts';
import type { Hasher } from './hasher.ts';
import { resetPassword } from './reset.ts';
import { resetLockout } from './reset-lockout.ts';
import { authenticatorStore, passwordOf, passwordStore } from './store.ts';
import { verifyPassword } from './verify.ts';

const PASSWORD = 'plover hinge 41';
const MINUTE_MS = 60_000;
const HERE = { ipAddress: '192.0.2.1' };
const THERE = { ipAddress: '198.51.100.7' };

/** Right or wrong in no time: what is counted is the matter here. */
const quick: Hasher = {
  hash: async (password) => `hash of ${password}`,
  verify: async (hash, password) => hash === `hash of ${password}`,
  needsRehash: () => false,
};

let test: TestAccounts;
let userID: string;

beforeEach(async () => {
  test = await testAccounts(quick);
  userID = await test.user({ password: PASSWORD });
  return () => test.stop();
});

type Answer = 'right' | 'wrong' | { reason: string; seconds: unknown };

interface Try {
  password?: string;
  account?: string;
  userID?: string | null;
  origin?: { ipAddress?: string };
  hasher?: Hasher;
}

async function tryOnce(how: Try = {}): Promise<Answer> {
  const { password = 'wrong', account = 'email alice', origin = HERE, hasher = quick } = how;
  const input = { userID: how.userID === null ? undefined : (how.userID ?? userID), account, password };
  try {
    const verdict = await verifyPassword(test.home, { ...(await test.deps()), hasher }, input, origin);
    return verdict.ok ? 'right' : 'wrong';
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return { reason: error.reason, seconds: error.info?.retry_after_seconds };
  }
}

async function tryTimes(count: number, how: Try = {}): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index++) answers.push(await tryOnce(how));
  return answers;
}

/** As many as it takes, ten from each address. */
async function failInARow(count: number, how: Try = {}): Promise<void> {
  for (let index = 0; index < count; index++) {
    const origin = { ipAddress: `203.0.113.${Math.floor(index / 10)}` };
    expect(await tryOnce({ ...how, origin })).toBe('wrong');
  }
}

const isLocked = async (): Promise<boolean | undefined> =>
  (await authenticatorStore(test.home).ofUsers([userID]))[0]?.isLocked;

const ALL_WRONG = Array<Answer>(10).fill('wrong');

describe('ten failures from one address', () => {
  it('hold it off for the rest of a quarter of an hour, also with the right password', async () => {
    expect(await tryTimes(10)).toEqual(ALL_WRONG);
    const refused = { reason: 'RateLimited', seconds: 900 };
    expect(await tryOnce()).toEqual(refused);
    expect(await tryOnce({ password: PASSWORD })).toEqual(refused);
    test.clock.advance(15 * MINUTE_MS - 1);
    expect(await tryOnce({ password: PASSWORD })).toEqual({ reason: 'RateLimited', seconds: 1 });
    test.clock.advance(1);
    expect(await tryOnce({ password: PASSWORD })).toBe('right');
  });

  it('hold off nobody elsewhere, and no other account', async () => {
    await tryTimes(11);
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toBe('right');
    const bob = await test.user({ loginIDs: [{ type: 'username', value: 'bob' }], password: PASSWORD });
    expect(await tryOnce({ userID: bob, account: 'username bob', password: PASSWORD })).toBe('right');
  });

  it('count by the /64 of an IPv6 address', async () => {
    for (let index = 0; index < 10; index++) {
      await tryOnce({ origin: { ipAddress: `2001:db8::${index + 1}` } });
    }
    expect(await tryOnce({ origin: { ipAddress: '2001:db8::ffff' } })).toMatchObject({
      reason: 'RateLimited',
    });
    expect(await tryOnce({ origin: { ipAddress: '2001:db8:0:1::1' } })).toBe('wrong');
  });

  it('are the same of a login id that nobody has', async () => {
    const unknown = { userID: null, account: 'email nobody' };
    expect(await tryTimes(10, unknown)).toEqual(ALL_WRONG);
    expect(await tryOnce(unknown)).toEqual({ reason: 'RateLimited', seconds: 900 });
  });

  it('are forgotten at a success', async () => {
    for (let round = 0; round < 4; round++) {
      expect(await tryTimes(9)).toEqual(ALL_WRONG.slice(1));
      expect(await tryOnce({ password: PASSWORD })).toBe('right');
    }
  });

  it('are recorded once, about the user where there is one', async () => {
    await tryTimes(13);
    await tryTimes(13, { userID: null, account: 'email nobody' });
    const { items } = await listAudit(test.home, { activityTypes: ['RATE_LIMIT_BLOCKED'] }, { limit: 10 });
    expect(items.map((entry) => entry.userID)).toEqual([null, userID]);
    expect(items[1]).toMatchObject({
      ipAddress: HERE.ipAddress,
      data: { limit: 'failed_passwords_per_account_and_ip', max: 10, window_seconds: 900 },
    });
  });
});

describe('two hundred failures from one address, whoever they are for', () => {
  it('hold it off for all accounts, and successes count for nothing', async () => {
    for (let index = 0; index < 200; index++) {
      expect(await tryOnce({ userID: null, account: `email ${index}` })).toBe('wrong');
      if (index % 10 === 0) expect(await tryOnce({ password: PASSWORD })).toBe('right');
    }
    expect(await tryOnce({ password: PASSWORD })).toMatchObject({ reason: 'RateLimited' });
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toBe('right');
  });
});

describe('a hundred failures in a row', () => {
  it('close the account to the right password too, from everywhere, and waiting does not help', async () => {
    await failInARow(100);
    expect(await isLocked()).toBe(true);
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toMatchObject({ reason: 'AccountLockout' });
    test.clock.advance(366 * 24 * 60 * MINUTE_MS);
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toBe('wrong');
  });

  it('are said of a login id that nobody has in the same words', async () => {
    await failInARow(100, { userID: null, account: 'email nobody' });
    await failInARow(100);
    const unknown = await tryOnce({ userID: null, account: 'email nobody', origin: THERE });
    expect(unknown).toMatchObject({ reason: 'AccountLockout' });
    expect(await tryOnce({ origin: THERE })).toEqual(unknown);
  });

  it('are counted over all login ids of the account, which do not tell of each other', async () => {
    await failInARow(60);
    await failInARow(40, { account: 'username alice' });
    expect(await isLocked()).toBe(true);
    for (const account of ['email alice', 'username alice']) {
      expect(await tryOnce({ password: PASSWORD, account, origin: THERE })).toBe('wrong');
    }
  });

  it('survive a crash of the database, which forgets everything else', async () => {
    await failInARow(100);
    await test.database.kysely.deleteFrom('instance.rate_limits').execute();
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toBe('wrong');
  });

  it('are in a row only without a success between them', async () => {
    await failInARow(99);
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toBe('right');
    test.clock.advance(15 * MINUTE_MS);
    await failInARow(99);
    expect(await isLocked()).toBe(false);
    expect(await tryOnce({ password: PASSWORD, origin: THERE })).toBe('right');
  });

  const reset = async (): Promise<void> => {
    const input = { userID, sendPassword: false, setPasswordExpired: false, revokeSessions: false };
    await resetPassword(
      test.home,
      await test.deps(),
      { ...input, password: 'lantern quartz 7' },
      COMMAND_LINE,
    );
  };

  it('are forgotten with the password, along with what held single addresses off', async () => {
    await failInARow(90);
    await tryTimes(10);
    expect(await tryOnce()).toMatchObject({ reason: 'AccountLockout' });
    await reset();
    expect(await isLocked()).toBe(false);
    expect(await tryOnce({ password: 'lantern quartz 7' })).toBe('right');
  });

  it('are forgotten when an operator unlocks the account', async () => {
    await failInARow(90);
    await tryTimes(10);
    await resetLockout(test.home, await test.deps(), { userID }, operator('0'));
    expect(await isLocked()).toBe(false);
    expect(await tryOnce({ password: PASSWORD })).toBe('right');
    expect(await test.trail(userID)).toContain('ADMIN_API_MUTATION_RESET_ACCOUNT_LOCKOUT_EXECUTED');
  });

  it('do not keep the user from changing a password that was proved before', async () => {
    await failInARow(100);
    const change = { userID, passwordVersion: 1, newPassword: 'lantern quartz 7' };
    await changePassword(test.home, await test.deps(), change, {
      actor: { type: 'user', userID },
      origin: {},
    });
    expect(await tryOnce({ password: 'lantern quartz 7', origin: THERE })).toBe('right');
  });
});

describe('a hundred tries at the same moment', () => {
  /** Checks nothing before all that come have come. */
  function together(): { hasher: Hasher; checked: () => number } {
    let checked = 0;
    return {
      hasher: {
        ...quick,
        async verify(hash, password) {
          checked++;
          await new Promise((resolve) => setImmediate(resolve));
          return quick.verify(hash, password);
        },
      },
      checked: () => checked,
    };
  }

  it('check no more passwords than are free, in two processes', async () => {
    const second = openDatabase({ url: test.url });
    const { hasher, checked } = together();
    const deps = { ...(await test.deps()), hasher };
    const processes = [
      { db: test.home, deps },
      { db: second.forProject('home'), deps: { ...deps, rateLimits: createRateLimits(deps) } },
    ];
    try {
      const answers = await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const { db, deps } = processes[index % 2] as (typeof processes)[number];
          const input = {
            userID,
            account: 'email alice',
            password: index === 99 ? PASSWORD : `guess ${index}`,
          };
          return verifyPassword(db, deps, input, HERE).then(
            ({ ok }) => ok,
            (error: LatchkeyError) => error.reason,
          );
        }),
      );
      expect(checked()).toBeLessThanOrEqual(10);
      expect(answers.filter((answer) => answer === 'RateLimited').length).toBeGreaterThanOrEqual(90);
    } finally {
      await second.close();
    }
  });

  it('from as many addresses add up to no more than a hundred failures in a row', async () => {
    await failInARow(95);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => tryOnce({ origin: { ipAddress: `198.51.100.${index}` } })),
    );
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5);
    expect(await isLocked()).toBe(true);
  });
});

describe('a try that could not be checked', () => {
  it('counts for nothing', async () => {
    const full: Hasher = {
      ...quick,
      async verify() {
        throw unavailable('HashingQueueFull', 'full', { retry_after_seconds: 2 });
      },
    };
    const answers = await tryTimes(30, { hasher: full });
    expect(new Set(answers.map((answer) => (answer as { reason: string }).reason))).toEqual(
      new Set(['HashingQueueFull']),
    );
    expect(await tryTimes(10)).toEqual(ALL_WRONG);
  });
});

describe('unlocking', () => {
  it('leaves the password as it is, and somebody without one too', async () => {
    const before = await passwordOf(test.home, userID);
    await resetLockout(test.home, await test.deps(), { userID }, COMMAND_LINE);
    expect(await passwordOf(test.home, userID)).toEqual(before);
    const bob = await test.user({ loginIDs: [{ type: 'username', value: 'bob' }] });
    await resetLockout(test.home, await test.deps(), { userID: bob }, COMMAND_LINE);
  });

  it('is refused where the actor may not act on the user, and of nobody', async () => {
    await test.projects.collaborators.add({ projectID: 'home', userID, role: 'owner' }, COMMAND_LINE);
    await failInARow(100);
    await expect(
      resetLockout(
        test.home,
        await test.deps(),
        { userID },
        { actor: { type: 'admin_api', keyID: 'k' }, origin: {} },
      ),
    ).rejects.toMatchObject({ reason: 'MayNotActOnCollaborator' });
    expect(await isLocked()).toBe(true);
    await expect(
      resetLockout(test.home, await test.deps(), { userID: crypto.randomUUID() }, COMMAND_LINE),
    ).rejects.toMatchObject({ reason: 'UserNotFound' });
  });
});

it('failures are of one project', async () => {
  await test.projects.create({ name: 'Other', id: 'other' }, COMMAND_LINE);
  const other = passwordStore(test.database.forProject('other'));
  await other.countFailure(userID);
  await other.beginSeries(userID);
  expect(await other.forgetFailures(userID)).toBe(false);
  await failInARow(1);
  expect(await passwordStore(test.home).find(userID)).toMatchObject({ failedAttempts: 1, attemptSeries: 0 });
});
