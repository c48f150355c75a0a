import { beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE, type TestAccounts, testAccounts } from '../../../tests/support/passwords.ts';
import { auditStore } from '../audit/index.ts';
import { resetPassword, setPasswordExpired } from '../passwords/index.ts';
import { revokeAllSessions } from '../sessions/index.ts';
import { userStore } from '../users/index.ts';
import { changeForced, finishLogin, locateLogin, provePassword, startOver } from './index.ts';

const MINUTE_MS = 60_000;
const ORIGIN = { ipAddress: '192.0.2.1', userAgent: 'test' };
const PASSWORD = 'plover hinge 41';

let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const prove = async (loginID = 'alice@example.com', password = PASSWORD, interactionID = 'uid-1') =>
  provePassword(test.home, await test.deps(), { interactionID, loginID, password }, ORIGIN);
const locate = (interactionID = 'uid-1') => locateLogin(test.home, test.clock, interactionID);
const finish = (interactionID = 'uid-1') => finishLogin(test.home, test, interactionID, ORIGIN);
const change = async (newPassword: string, interactionID = 'uid-1') =>
  changeForced(test.home, await test.deps(), { interactionID, newPassword }, ORIGIN);

const reset = async (userID: string, password?: string) =>
  resetPassword(
    test.home,
    await test.deps(),
    { userID, password, sendPassword: false, setPasswordExpired: false, revokeSessions: true },
    COMMAND_LINE,
  );

const set = (columns: { is_disabled?: boolean; disable_reason?: string; delete_at?: Date }) =>
  test.home.kysely.updateTable('users').set(columns).where('project_id', '=', 'home').execute();

const flows = () =>
  test.home.kysely.selectFrom('login_flows').selectAll().where('project_id', '=', 'home').execute();

describe('a right password', () => {
  it('leads to the end, and grants what it proved, once', async () => {
    const userID = await test.user({ password: PASSWORD });
    expect(await locate()).toEqual({ step: 'identify', user: undefined, startedOver: false });
    const proved = await prove();
    expect(proved).toMatchObject({ step: 'finish', user: { id: userID }, startedOver: false });
    expect(await locate()).toEqual(proved);
    const provedAt = test.clock.now();
    test.clock.advance(1_000);
    expect(await finish()).toEqual({
      userID,
      sessionEpoch: 0,
      passwordVersion: 1,
      amr: ['pwd'],
      provedAt,
    });
    expect((await userStore(test.home).find(userID))?.lastLoginAt).toEqual(test.clock.now());
    expect(await test.trail(userID)).toEqual(['USER_CREATED', 'USER_AUTHENTICATED']);
    expect(await finish()).toBeUndefined();
    expect(await locate()).toMatchObject({ step: 'identify', startedOver: false });
  });

  it('is asked for with any of the login ids, in any of their spellings', async () => {
    const userID = await test.user({
      loginIDs: [
        { type: 'email', value: 'Alice@Example.com' },
        { type: 'phone', value: '+85298765432' },
        { type: 'username', value: 'alice' },
      ],
      password: PASSWORD,
    });
    for (const loginID of ['alice@example.com', 'ALICE@EXAMPLE.COM', '+852 9876 5432', 'alice', 'Alice']) {
      expect((await prove(loginID)).user?.id).toBe(userID);
    }
  });

  it('counts for its own interaction only, and only the interaction’s hash is kept', async () => {
    await test.user({ password: PASSWORD });
    await prove();
    expect(await locate('uid-2')).toMatchObject({ step: 'identify' });
    expect(await finish('uid-2')).toBeUndefined();
    expect(await test.tablesWith('uid-1')).toEqual([]);
  });

  it('of somebody else takes the place of the one before in the same interaction', async () => {
    await test.user({ password: PASSWORD });
    const bob = await test.user({
      loginIDs: [{ type: 'username', value: 'bob' }],
      password: 'lantern quartz 7',
    });
    await prove();
    await prove('bob', 'lantern quartz 7');
    expect(await finish()).toMatchObject({ userID: bob });
  });

  it('counts for half an hour', async () => {
    await test.user({ password: PASSWORD });
    await prove();
    test.clock.advance(30 * MINUTE_MS - 1);
    expect(await locate()).toMatchObject({ step: 'finish' });
    test.clock.advance(1);
    expect(await locate()).toEqual({ step: 'password', user: undefined, startedOver: true });
    expect(await finish()).toBeUndefined();
  });

  it('is forgotten when somebody starts over', async () => {
    await test.user({ password: PASSWORD });
    await prove();
    await startOver(test.home, 'uid-1');
    expect(await locate()).toEqual({ step: 'identify', user: undefined, startedOver: false });
    expect(await finish()).toBeUndefined();
  });

  it('works in the project of the user only', async () => {
    await test.user({ password: PASSWORD });
    await test.projects.create({ name: 'Other', id: 'other' }, COMMAND_LINE);
    const other = test.database.forProject('other');
    const input = { interactionID: 'uid-1', loginID: 'alice@example.com', password: PASSWORD };
    await expect(provePassword(other, await test.deps('other'), input, ORIGIN)).rejects.toMatchObject({
      reason: 'InvalidCredentials',
    });
    await prove();
    expect(await locateLogin(other, test.clock, 'uid-1')).toMatchObject({ step: 'identify' });
    expect(await finishLogin(other, test, 'uid-1', ORIGIN)).toBeUndefined();
  });
});

describe('a login is refused in the same words', () => {
  it('for nobody, no password, a wrong password, and what is no login id', async () => {
    await test.user({ password: PASSWORD });
    await test.user({ loginIDs: [{ type: 'username', value: 'bob' }] });
    const tries: [string, string][] = [
      ['nobody@example.com', PASSWORD],
      ['bob', PASSWORD],
      ['alice@example.com', 'wrong'],
      ['alice@example.com', ''],
      ['', ''],
      ['a\0b', 'a\0b'],
      ['😀'.repeat(50_000), '😀'.repeat(50_000)],
      ["' or 1=1 --", "' or 1=1 --"],
    ];
    for (const [loginID, password] of tries) {
      await expect(prove(loginID, password)).rejects.toMatchObject({
        kind: 'Unauthorized',
        reason: 'InvalidCredentials',
        message: 'The login ID or the password is not right.',
        info: undefined,
      });
    }
    expect(await flows()).toEqual([]);
    expect(await locate()).toMatchObject({ step: 'identify' });
  });

  it('and recorded without what may be a password typed into the wrong field', async () => {
    const userID = await test.user({ password: PASSWORD });
    for (const loginID of ['Nobody@Example.com', 'my secret horse', 'alice@example.com']) {
      await expect(prove(loginID, 'wrong password')).rejects.toThrow();
    }
    const { items } = await auditStore(test.home).page(
      {
        activityTypes: ['AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED', 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED'],
      },
      { limit: 10 },
    );
    const byData = items.map(({ activityType, userID: about, data, ipAddress }) => ({
      activityType,
      about,
      data,
      ipAddress,
    }));
    expect(byData).toHaveLength(3);
    expect(byData).toContainEqual({
      activityType: 'AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED',
      about: null,
      data: { login_id: 'nobody@example.com' },
      ipAddress: '192.0.2.1',
    });
    expect(byData).toContainEqual({
      activityType: 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED',
      about: userID,
      data: {},
      ipAddress: '192.0.2.1',
    });
    expect(await test.tablesWith('my secret horse')).toEqual([]);
    expect(await test.tablesWith('wrong password')).toEqual([]);
  });
});

describe('an account that may not be used', () => {
  it('is told so, with the reason, after the right password only', async () => {
    await test.user({ password: PASSWORD });
    await set({ is_disabled: true, disable_reason: 'unpaid' });
    await expect(prove(undefined, 'wrong')).rejects.toMatchObject({ reason: 'InvalidCredentials' });
    await expect(prove()).rejects.toMatchObject({
      kind: 'Forbidden',
      reason: 'DisabledUser',
      info: { reason: 'unpaid' },
    });
    expect(await flows()).toEqual([]);
  });

  it('is not let in when it was disabled after the proof', async () => {
    await test.user({ password: PASSWORD });
    await prove();
    await set({ delete_at: new Date('2026-02-01T00:00:00Z') });
    expect(await locate()).toMatchObject({ step: 'status', startedOver: false });
    const before = await test.snapshot();
    expect(await finish()).toBeUndefined();
    expect(await test.snapshot()).toEqual(before);
  });
});

describe('a password that must be changed', () => {
  it('opens nothing but its change; then the same login goes on', async () => {
    const userID = await test.user({ password: PASSWORD, setPasswordExpired: true });
    expect(await prove()).toMatchObject({ step: 'change', user: { id: userID } });
    expect(await locate()).toMatchObject({ step: 'change' });
    const before = await test.snapshot();
    expect(await finish()).toBeUndefined();
    expect(await test.snapshot()).toEqual(before);

    expect(await change('lantern quartz 7')).toMatchObject({ step: 'finish', user: { id: userID } });
    expect(await finish()).toMatchObject({ userID, passwordVersion: 2, sessionEpoch: 1 });
    await expect(prove()).rejects.toMatchObject({ reason: 'InvalidCredentials' });
    expect(await prove(undefined, 'lantern quartz 7')).toMatchObject({ step: 'finish' });
    expect(await test.trail(userID)).toEqual([
      'USER_CREATED',
      'PASSWORD_CHANGED',
      'USER_AUTHENTICATED',
      'AUTHENTICATION_PRIMARY_PASSWORD_FAILED',
    ]);
  });

  it('is not changed to what the policy refuses or to itself', async () => {
    await test.user({ password: PASSWORD, setPasswordExpired: true });
    await prove();
    const before = await test.snapshot();
    await expect(change(PASSWORD)).rejects.toMatchObject({
      reason: 'PasswordPolicyViolated',
      info: { causes: [{ Name: 'PasswordSameAsCurrent' }] },
    });
    await expect(change('short')).rejects.toMatchObject({ reason: 'PasswordPolicyViolated' });
    expect(await test.snapshot()).toEqual(before);
    expect(await locate()).toMatchObject({ step: 'change' });
  });

  it('grants nothing to who leaves, and is asked for again at the next login', async () => {
    await test.user({ password: PASSWORD, setPasswordExpired: true });
    await prove();
    await startOver(test.home, 'uid-1');
    expect(await finish()).toBeUndefined();
    expect(await change('lantern quartz 7')).toMatchObject({ step: 'identify' });
    expect(await prove(undefined, PASSWORD, 'uid-2')).toMatchObject({ step: 'change' });
  });

  it('is asked for when an operator wants it between proof and end', async () => {
    const userID = await test.user({ password: PASSWORD });
    await prove();
    const input = { userID, expired: true };
    await setPasswordExpired(test.home, await test.deps(), input, COMMAND_LINE);
    expect(await finish()).toBeUndefined();
    expect(await locate()).toMatchObject({ step: 'change' });
    expect(await change('lantern quartz 7')).toMatchObject({ step: 'finish' });
  });

  it('is asked for of what is too old or no longer complies', async () => {
    await test.user({ password: PASSWORD });
    await test.set('passwords.min_length', 16);
    await test.set('passwords.force_change', true);
    expect(await prove()).toMatchObject({ step: 'change' });
    expect(await change('lantern quartz 7 lantern')).toMatchObject({ step: 'finish' });
  });

  it('is not changed out of order', async () => {
    await test.user({ password: PASSWORD });
    const before = await test.snapshot();
    expect(await change('lantern quartz 7')).toMatchObject({ step: 'identify' });
    expect(await test.snapshot()).toEqual(before);
    await prove();
    const proved = await test.snapshot();
    expect(await change('lantern quartz 7')).toMatchObject({ step: 'finish' });
    expect(await test.snapshot()).toEqual(proved);
  });

  it('is changed once where the form is sent twice, and the login goes on', async () => {
    const userID = await test.user({ password: PASSWORD, setPasswordExpired: true });
    await prove();
    const states = await Promise.all([change('lantern quartz 7'), change('lantern quartz 7')]);
    expect(states.map(({ step }) => step)).toEqual(['finish', 'finish']);
    expect(await userStore(test.home).find(userID)).toMatchObject({ passwordVersion: 2 });
    expect(await finish()).toMatchObject({ passwordVersion: 2 });
  });
});

describe('what overtakes a login makes it start over', () => {
  it('a reset between proof and end', async () => {
    const userID = await test.user({ password: PASSWORD });
    await prove();
    await reset(userID, 'lantern quartz 7');
    expect(await locate()).toEqual({ step: 'password', user: undefined, startedOver: true });
    expect(await finish()).toBeUndefined();
    await expect(prove()).rejects.toMatchObject({ reason: 'InvalidCredentials' });
    await prove(undefined, 'lantern quartz 7');
    expect(await finish()).toMatchObject({ userID, passwordVersion: 2, sessionEpoch: 1 });
  });

  it('a reset before a forced change (the old password must not win)', async () => {
    const userID = await test.user({ password: PASSWORD, setPasswordExpired: true });
    await prove();
    await reset(userID, 'lantern quartz 7');
    expect(await change('attacker chose 1')).toMatchObject({ step: 'password', startedOver: true });
    expect(await prove(undefined, 'lantern quartz 7')).toMatchObject({ step: 'finish' });
  });

  it('the end of all sessions', async () => {
    const userID = await test.user({ password: PASSWORD });
    await prove();
    await test.home.transaction((tx) => revokeAllSessions(tx, test, userID));
    expect(await locate()).toMatchObject({ step: 'password', startedOver: true });
    expect(await finish()).toBeUndefined();
  });

  it('the end of all sessions while the new password of a forced change is hashed', async () => {
    const userID = await test.user({ password: PASSWORD, setPasswordExpired: true });
    await prove();
    const deps = await test.deps();
    const hasher = {
      ...deps.hasher,
      async hash(password: string) {
        await test.home.transaction((tx) => revokeAllSessions(tx, test, userID));
        return deps.hasher.hash(password);
      },
    };
    const input = { interactionID: 'uid-1', newPassword: 'lantern quartz 7' };
    expect(await changeForced(test.home, { ...deps, hasher }, input, ORIGIN)).toMatchObject({
      step: 'password',
      startedOver: true,
    });
    expect(await userStore(test.home).find(userID)).toMatchObject({ passwordVersion: 1 });
  });

  it('the end of its user', async () => {
    const userID = await test.user({ password: PASSWORD });
    await prove();
    await test.home.kysely
      .deleteFrom('users')
      .where('project_id', '=', 'home')
      .where('id', '=', userID)
      .execute();
    expect(await locate()).toMatchObject({ step: 'identify' });
    expect(await finish()).toBeUndefined();
  });
});

describe('at the same moment', () => {
  it('of many that finish one login one gets it', async () => {
    const userID = await test.user({ password: PASSWORD });
    await prove();
    const finished = await Promise.all(Array.from({ length: 10 }, () => finish()));
    expect(finished.filter((login) => login !== undefined)).toHaveLength(1);
    expect((await test.trail(userID)).filter((type) => type === 'USER_AUTHENTICATED')).toHaveLength(1);
  });

  it('a reset and the end of a login: either the reset came first, or it voids what was granted', async () => {
    const userID = await test.user({ password: PASSWORD });
    for (let round = 0; round < 8; round++) {
      const password = `lantern quartz ${round}`;
      await reset(userID, password);
      await prove(undefined, password);
      const resetting = reset(userID);
      const finished = await finish();
      await resetting;
      const user = await userStore(test.home).find(userID);
      if (finished) expect(finished.sessionEpoch).toBeLessThan(user?.sessionEpoch ?? 0);
      expect(await finish()).toBeUndefined();
    }
  });

  it('a reset that holds the user while a login finishes wins', async () => {
    const userID = await test.user({ password: PASSWORD });
    await prove();
    const order: string[] = [];
    const finishing = await test.home.transaction(async (tx) => {
      await userStore(tx).lock(userID);
      const pending = finish().then((login) => {
        order.push('finished');
        return login;
      });
      await resetPassword(
        tx,
        await test.deps(),
        { userID, sendPassword: false, setPasswordExpired: false, revokeSessions: true },
        COMMAND_LINE,
      );
      order.push('reset');
      return { pending };
    });
    expect(await finishing.pending).toBeUndefined();
    expect(order).toEqual(['reset', 'finished']);
  });
});
