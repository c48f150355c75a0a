import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminActs, adminActs } from '../../../../tests/support/admin-acts.ts';
import { type AdminApiBench, adminApiBench, userGlobalID } from '../../../../tests/support/admin-api.ts';
import { randomToken } from '../../platform/ids.ts';
import { userStore } from '../../users/index.ts';

const NOBODY = userGlobalID('0195f5d2-0000-7000-8000-000000000000');
const STATUS = 'user { isDisabled disableReason temporarilyDisabledFrom temporarilyDisabledUntil updatedAt }';
let bench: AdminApiBench;
let acts: AdminActs;
let ada: string;

beforeAll(async () => {
  bench = await adminApiBench();
  acts = adminActs(bench);
});
beforeEach(async () => {
  ada = await bench.addUser('home', `${randomToken(6)}@example.com`);
});
afterAll(() => bench.stop());

const later = (ms: number): string => new Date(bench.clock.now().getTime() + ms).toISOString();
const set = (more: Record<string, unknown>) => ({ userID: userGlobalID(ada), isDisabled: true, ...more });
const epoch = async () => (await userStore(bench.db('home')).find(ada))?.sessionEpoch;

describe('setDisabledStatus', () => {
  it('disables an account with a reason, ends its sessions and records it', async () => {
    await acts.signIn(ada);
    bench.clock.advance(1_000);
    const before = await epoch();
    expect(await acts.does('setDisabledStatus', set({ reason: 'fraud' }), STATUS)).toEqual({
      user: {
        isDisabled: true,
        disableReason: 'fraud',
        temporarilyDisabledFrom: null,
        temporarilyDisabledUntil: null,
        updatedAt: later(0),
      },
    });
    expect(await acts.sessionsOf(ada)).toEqual([]);
    expect(await epoch()).toBe((before ?? 0) + 1);
    expect((await acts.trail(ada)).slice(-2)).toMatchObject([
      {
        activityType: 'USER_DISABLED',
        data: { reason: 'fraud', temporarily_disabled_from: null, temporarily_disabled_until: null },
      },
      { activityType: 'ADMIN_API_MUTATION_SET_DISABLED_STATUS_EXECUTED', data: { is_disabled: true } },
    ]);
  });

  it('enables it again, and brings no session back', async () => {
    await acts.does('setDisabledStatus', set({ reason: 'fraud' }));
    expect(await acts.does('setDisabledStatus', set({ isDisabled: false }), STATUS)).toMatchObject({
      user: { isDisabled: false, disableReason: null },
    });
    expect((await acts.trail(ada)).at(-2)?.activityType).toBe('USER_REENABLED');
    expect(await acts.sessionsOf(ada)).toEqual([]);
  });

  it('keeps the reason to itself where it enables', async () => {
    await acts.does('setDisabledStatus', set({}));
    const answer = await acts.does('setDisabledStatus', set({ isDisabled: false, reason: 'sorry' }), STATUS);
    expect(answer.user.disableReason).toBeNull();
  });

  it('disables for a time from now on, and ends the sessions', async () => {
    await acts.signIn(ada);
    const period = { temporarilyDisabledFrom: later(0), temporarilyDisabledUntil: later(60_000) };
    expect(await acts.does('setDisabledStatus', set(period), STATUS)).toMatchObject({
      user: { isDisabled: true, ...period },
    });
    expect(await acts.sessionsOf(ada)).toEqual([]);
    bench.clock.advance(60_000);
    const query = 'query ($id: ID!) { node(id: $id) { ... on User { isDisabled } } }';
    const { data } = await bench.ask('home', query, { id: userGlobalID(ada) });
    expect(data.node.isDisabled).toBe(false);
  });

  it('disables for a time to come, which leaves who is signed in alone until then, and calls that off', async () => {
    const uid = await acts.signIn(ada);
    const period = { temporarilyDisabledFrom: later(60_000), temporarilyDisabledUntil: later(120_000) };
    expect(await acts.does('setDisabledStatus', set(period), STATUS)).toMatchObject({
      user: { isDisabled: false, ...period },
    });
    expect(await acts.sessionsOf(ada)).toEqual([uid]);
    expect(await acts.does('setDisabledStatus', set({ isDisabled: false }), STATUS)).toMatchObject({
      user: { isDisabled: false, temporarilyDisabledFrom: null },
    });
    expect(await acts.sessionsOf(ada)).toEqual([uid]);
  });

  it('ends what outlived the beginning of the period, once the account is enabled again', async () => {
    await acts.signIn(ada);
    await acts.does(
      'setDisabledStatus',
      set({ temporarilyDisabledFrom: later(60_000), temporarilyDisabledUntil: later(120_000) }),
    );
    bench.clock.advance(60_000);
    await acts.does('setDisabledStatus', set({ isDisabled: false }));
    expect(await acts.sessionsOf(ada)).toEqual([]);
  });

  it.each([
    ['disabled', { isDisabled: true }, { isDisabled: true }, { from: 'disabled', to: 'disabled' }],
    ['enabled', undefined, { isDisabled: false }, { from: 'normal', to: 'normal' }],
  ])('refuses one that is %s already, as Authgear does', async (_, first, second, info) => {
    if (first) await acts.does('setDisabledStatus', set(first));
    const error = await acts.refused('setDisabledStatus', set(second));
    expect(error.message).toBe(`invalid account status transition: ${info.from} -> ${info.to}`);
    expect(error.extensions).toMatchObject({
      errorName: 'Invalid',
      reason: 'InvalidAccountStatusTransition',
      info,
    });
  });

  it('names what is wrong with a period', async () => {
    const error = await acts.refused('setDisabledStatus', set({ temporarilyDisabledFrom: later(0) }));
    expect(error.extensions.info).toEqual({
      cause: { kind: 'TemporarilyDisabledPeriodMissingUntilTimestamp' },
    });
  });

  it.each([
    ['an unknown user', { userID: NOBODY }, 'UserNotFound'],
    ['an id that is none', { userID: 'x' }, 'InvalidUserID'],
    ['a reason that cannot be stored', { reason: 'a\0b' }, 'InvalidText'],
    ['a reason that nobody reads to its end', { reason: 'x'.repeat(1_001) }, 'InvalidText'],
  ])('refuses %s', async (_, more, reason) => {
    expect((await acts.refused('setDisabledStatus', set(more))).extensions.reason).toBe(reason);
  });

  it('does not act on a collaborator, nor on the user of another project', async () => {
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'shop', 'viewer');
    const input = { userID: userGlobalID(userID), isDisabled: true };
    expect((await acts.refused('setDisabledStatus', input)).extensions.reason).toBe(
      'MayNotActOnCollaborator',
    );
    const query =
      'mutation ($input: SetDisabledStatusInput!) { setDisabledStatus(input: $input) { user { id } } }';
    const { errors } = await bench.ask('shop', query, { input: set({}) });
    expect(errors?.[0]?.extensions.reason).toBe('UserNotFound');
  });
});

describe('setAccountValidFrom, setAccountValidUntil, setAccountValidPeriod', () => {
  const VALID = 'user { isDisabled accountValidFrom accountValidUntil }';
  const period = (more: Record<string, unknown>) => ({ userID: userGlobalID(ada), ...more });

  it('say from when on and until when an account may be used, each for itself', async () => {
    const [from, until] = [later(-60_000), later(60_000)];
    await acts.does('setAccountValidFrom', period({ accountValidFrom: from }));
    const both = await acts.does('setAccountValidUntil', period({ accountValidUntil: until }), VALID);
    expect(both).toEqual({
      user: { isDisabled: false, accountValidFrom: from, accountValidUntil: until },
    });
    expect((await acts.trail(ada)).at(-1)).toMatchObject({
      activityType: 'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_UNTIL_EXECUTED',
      data: { valid_from: from, valid_until: until },
    });
    const none = await acts.does('setAccountValidPeriod', period({}), VALID);
    expect(none.user).toEqual({ isDisabled: false, accountValidFrom: null, accountValidUntil: null });
  });

  it.each([
    ['setAccountValidFrom', 'accountValidFrom', 60_000],
    ['setAccountValidUntil', 'accountValidUntil', 0],
    ['setAccountValidPeriod', 'accountValidFrom', 60_000],
  ])('%s ends the sessions of an account that is not valid now', async (name, field, ms) => {
    await acts.signIn(ada);
    expect(await acts.does(name, period({ [field]: later(ms) }), VALID)).toMatchObject({
      user: { isDisabled: true },
    });
    expect(await acts.sessionsOf(ada)).toEqual([]);
  });

  it('leave the sessions alone of one that stays valid', async () => {
    const uid = await acts.signIn(ada);
    await acts.does('setAccountValidUntil', period({ accountValidUntil: later(60_000) }));
    expect(await acts.sessionsOf(ada)).toEqual([uid]);
  });

  it('refuse a period that ends before it begins, against what is there as well', async () => {
    const kind = 'AccountValidFromShouldBeBeforeAccountValidUntil';
    const reversed = period({ accountValidFrom: later(1), accountValidUntil: later(0) });
    expect((await acts.refused('setAccountValidPeriod', reversed)).extensions.info).toEqual({
      cause: { kind },
    });
    await acts.does('setAccountValidFrom', period({ accountValidFrom: later(-1) }));
    const before = period({ accountValidUntil: later(-2) });
    expect((await acts.refused('setAccountValidUntil', before)).extensions.info).toEqual({ cause: { kind } });
  });

  it.each(['setAccountValidFrom', 'setAccountValidUntil', 'setAccountValidPeriod'])(
    '%s acts on nobody unknown',
    async (name) => {
      expect((await acts.refused(name, { userID: NOBODY })).extensions.reason).toBe('UserNotFound');
    },
  );
});
