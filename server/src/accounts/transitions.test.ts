import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountStatus } from '../login/index.ts';
import { LatchkeyError } from '../platform/errors.ts';
import type { User } from '../users/index.ts';
import { type Disabling, disabled, enabled, type Status, valid } from './transitions.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const hours = (count: number): Date => new Date(NOW.getTime() + count * 3_600_000);

const NORMAL: Status = {
  isDisabled: false,
  disableReason: null,
  isAnonymized: false,
  anonymizeAt: null,
  deleteAt: null,
  deleteReason: null,
  accountValidFrom: null,
  accountValidUntil: null,
  temporarilyDisabledFrom: null,
  temporarilyDisabledUntil: null,
};
const FOR_GOOD: Disabling = {
  reason: 'fraud',
  temporarilyDisabledFrom: null,
  temporarilyDisabledUntil: null,
};
const between = (from: number, until: number): Disabling => ({
  reason: null,
  temporarilyDisabledFrom: hours(from),
  temporarilyDisabledUntil: hours(until),
});

const DISABLED = { ...NORMAL, isDisabled: true, disableReason: 'fraud' };
const FOR_A_TIME = { ...NORMAL, temporarilyDisabledFrom: hours(-1), temporarilyDisabledUntil: hours(1) };
const PLANNED = { ...NORMAL, temporarilyDisabledFrom: hours(1), temporarilyDisabledUntil: hours(2) };
const OVER = { ...NORMAL, temporarilyDisabledFrom: hours(-2), temporarilyDisabledUntil: hours(-1) };
const DELETING = { ...NORMAL, isDisabled: true, deleteAt: hours(1) };
const ANONYMIZING = { ...NORMAL, isDisabled: true, anonymizeAt: hours(1) };
const ANONYMIZED = { ...NORMAL, isDisabled: true, isAnonymized: true };
const OUTSIDE = { ...NORMAL, accountValidUntil: hours(-1) };

const isUsable = (status: Status): boolean => accountStatus(status as User, NOW).allowed;

function infoOf(act: () => unknown): Record<string, unknown> | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof LatchkeyError && error.reason === 'InvalidAccountStatusTransition')
      return error.info;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('disabling for good', () => {
  it.each([
    ['a normal account', NORMAL],
    ['one that is disabled for a time', FOR_A_TIME],
    ['one that will be', PLANNED],
    ['one outside its period of validity', OUTSIDE],
  ])('disables %s, with the reason, and no period besides', (_, status) => {
    const target = disabled(status, FOR_GOOD, NOW);
    expect(target).toEqual({
      ...status,
      isDisabled: true,
      disableReason: 'fraud',
      temporarilyDisabledFrom: null,
      temporarilyDisabledUntil: null,
    });
    expect(isUsable(target)).toBe(false);
  });

  it.each([
    ['disabled', DISABLED],
    ['scheduled_deletion_disabled', DELETING],
    ['scheduled_anonymization_disabled', ANONYMIZING],
    ['anonymized', ANONYMIZED],
  ])('refuses one that is %s', (from, status) => {
    expect(infoOf(() => disabled(status, FOR_GOOD, NOW))).toEqual({ from, to: 'disabled' });
  });
});

describe('disabling for a time', () => {
  it.each([
    ['a normal account', NORMAL],
    ['one that is disabled for good', DISABLED],
    ['one that is disabled for another time', FOR_A_TIME],
  ])('puts the period upon %s', (_, status) => {
    const target = disabled(status, between(0, 1), NOW);
    expect(target).toMatchObject({
      isDisabled: false,
      disableReason: null,
      temporarilyDisabledFrom: NOW,
      temporarilyDisabledUntil: hours(1),
    });
    expect(isUsable(target)).toBe(false);
    expect(accountStatus(target as User, hours(1)).allowed).toBe(true);
  });

  it('leaves the account usable until the period begins', () => {
    const target = disabled(NORMAL, between(1, 2), NOW);
    expect(isUsable(target)).toBe(true);
    expect(accountStatus(target as User, hours(1)).allowed).toBe(false);
  });

  it('disables nothing by a period in the past', () => {
    expect(disabled(NORMAL, between(-2, -1), NOW)).toEqual(NORMAL);
  });

  it.each<[string, Status, Partial<Disabling>]>([
    [
      'TemporarilyDisabledPeriodMissingUntilTimestamp',
      NORMAL,
      { temporarilyDisabledFrom: NOW, temporarilyDisabledUntil: null },
    ],
    [
      'TemporarilyDisabledPeriodMissingFromTimestamp',
      NORMAL,
      { temporarilyDisabledFrom: null, temporarilyDisabledUntil: NOW },
    ],
    ['TemporarilyDisabledFromShouldBeBeforeTemporarilyDisabledUntil', NORMAL, between(2, 1)],
    ['TemporarilyDisabledFromShouldBeBeforeTemporarilyDisabledUntil', NORMAL, between(1, 1)],
    [
      'AccountValidFromShouldBeBeforeTemporarilyDisabledFrom',
      { ...NORMAL, accountValidFrom: hours(1) },
      between(0, 2),
    ],
    [
      'TemporarilyDisabledUntilShouldBeBeforeAccountValidUntil',
      { ...NORMAL, accountValidUntil: hours(1) },
      between(0, 2),
    ],
  ])('refuses %s', (kind, status, request) => {
    expect(infoOf(() => disabled(status, { ...FOR_GOOD, ...request }, NOW))).toEqual({ cause: { kind } });
  });

  it.each([
    ['scheduled_deletion_disabled', DELETING],
    ['scheduled_anonymization_disabled', ANONYMIZING],
    ['anonymized', ANONYMIZED],
  ])('refuses one that is %s', (from, status) => {
    expect(infoOf(() => disabled(status, between(0, 1), NOW))).toEqual({ from, to: 'disabled_temporarily' });
  });
});

describe('enabling', () => {
  it.each([
    ['for good', DISABLED],
    ['for a time', FOR_A_TIME],
    ['for a time to come', PLANNED],
  ])('ends what was disabled %s', (_, status) => {
    expect(enabled(status, NOW)).toEqual(NORMAL);
  });

  it.each([
    ['normal', NORMAL],
    ['normal', OVER],
    ['outside_valid_period', OUTSIDE],
    ['scheduled_deletion_disabled', DELETING],
    ['scheduled_anonymization_disabled', ANONYMIZING],
    ['anonymized', ANONYMIZED],
  ])('refuses one that is %s', (from, status) => {
    expect(infoOf(() => enabled(status, NOW))).toEqual({ from, to: 'normal' });
  });

  it('takes back whatever disabling did, wherever that was allowed', () => {
    const time = fc.option(fc.integer({ min: -5, max: 5 }).map(hours), { nil: null });
    fc.assert(
      fc.property(time, time, (temporarilyDisabledFrom, temporarilyDisabledUntil) => {
        const request = { reason: 'r', temporarilyDisabledFrom, temporarilyDisabledUntil };
        let target: Status;
        try {
          target = disabled(NORMAL, request, NOW);
        } catch (error) {
          expect((error as LatchkeyError).reason).toBe('InvalidAccountStatusTransition');
          return;
        }
        if (isUsable(target) && target.temporarilyDisabledFrom === null) return;
        expect(enabled(target, NOW)).toEqual(NORMAL);
      }),
    );
  });
});

describe('a period of validity', () => {
  it('is set whatever the account stands at besides, and what is absent stays', () => {
    for (const status of [NORMAL, DISABLED, FOR_A_TIME, DELETING, OUTSIDE]) {
      const target = valid(status, { accountValidFrom: hours(-5) }, NOW);
      expect(target).toEqual({ ...status, accountValidFrom: hours(-5) });
    }
  });

  it('is refused where it begins after its end, or within what is disabled for a time', () => {
    expect(infoOf(() => valid(OUTSIDE, { accountValidFrom: NOW }, NOW))).toEqual({
      cause: { kind: 'AccountValidFromShouldBeBeforeAccountValidUntil' },
    });
    expect(infoOf(() => valid(PLANNED, { accountValidUntil: hours(2) }, NOW))).toEqual({
      cause: { kind: 'TemporarilyDisabledUntilShouldBeBeforeAccountValidUntil' },
    });
  });

  it('is refused for who is anonymized', () => {
    expect(infoOf(() => valid(ANONYMIZED, {}, NOW))).toMatchObject({ from: 'anonymized' });
  });
});
