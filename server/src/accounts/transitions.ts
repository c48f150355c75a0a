import type { User } from '../users/index.ts';
import { type PeriodFault, periodWrong, transitionRefused } from './errors.ts';

/** How an account stands, by Authgear's names. */
type Standing =
  | 'normal'
  | 'disabled'
  | 'disabled_temporarily'
  | 'scheduled_deletion_disabled'
  | 'scheduled_anonymization_disabled'
  | 'outside_valid_period'
  | 'anonymized';

/** What of a user says how the account stands. */
export type Status = Pick<
  User,
  | 'isDisabled'
  | 'disableReason'
  | 'isAnonymized'
  | 'anonymizeAt'
  | 'deleteAt'
  | 'deleteReason'
  | 'accountValidFrom'
  | 'accountValidUntil'
  | 'temporarilyDisabledFrom'
  | 'temporarilyDisabledUntil'
>;

/** A standing without anything that an operator has put upon it. */
const CLEAR = {
  isDisabled: false,
  disableReason: null,
  temporarilyDisabledFrom: null,
  temporarilyDisabledUntil: null,
} as const;

function standingWithin(status: Status, now: Date): Standing {
  const { temporarilyDisabledFrom: from, temporarilyDisabledUntil: until } = status;
  if (status.deleteAt) return 'scheduled_deletion_disabled';
  if (status.anonymizeAt) return 'scheduled_anonymization_disabled';
  if (status.isDisabled) return 'disabled';
  return from && until && from <= now && now < until ? 'disabled_temporarily' : 'normal';
}

function standingOf(status: Status, now: Date): Standing {
  if (status.isAnonymized) return 'anonymized';
  const standing = standingWithin(status, now);
  if (standing !== 'normal') return standing;
  const { accountValidFrom: from, accountValidUntil: until } = status;
  return (from && now < from) || (until && now >= until) ? 'outside_valid_period' : 'normal';
}

/** The times that must follow each other, each with its fault and the words for it. */
const ORDER: readonly [earlier: keyof Status, later: keyof Status, fault: PeriodFault][] = [
  ['accountValidFrom', 'accountValidUntil', 'AccountValidFromShouldBeBeforeAccountValidUntil'],
  [
    'temporarilyDisabledFrom',
    'temporarilyDisabledUntil',
    'TemporarilyDisabledFromShouldBeBeforeTemporarilyDisabledUntil',
  ],
  ['accountValidFrom', 'temporarilyDisabledFrom', 'AccountValidFromShouldBeBeforeTemporarilyDisabledFrom'],
  [
    'temporarilyDisabledUntil',
    'accountValidUntil',
    'TemporarilyDisabledUntilShouldBeBeforeAccountValidUntil',
  ],
];

function checkPeriods(status: Status): void {
  const { temporarilyDisabledFrom: from, temporarilyDisabledUntil: until } = status;
  if (from && !until) {
    throw periodWrong(
      'TemporarilyDisabledPeriodMissingUntilTimestamp',
      '"temporarilyDisabledUntil" must be given with "temporarilyDisabledFrom"',
    );
  }
  if (until && !from) {
    throw periodWrong(
      'TemporarilyDisabledPeriodMissingFromTimestamp',
      '"temporarilyDisabledFrom" must be given with "temporarilyDisabledUntil"',
    );
  }
  for (const [earlier, later, fault] of ORDER) {
    const [begin, end] = [status[earlier], status[later]];
    if (begin && end && begin >= end) throw periodWrong(fault, `"${earlier}" must be before "${later}"`);
  }
}

/** A period that is over says nothing any more. */
function withoutPast(status: Status, now: Date): Status {
  const { temporarilyDisabledFrom: from, temporarilyDisabledUntil: until } = status;
  return from && until && from < now && until < now
    ? { ...status, temporarilyDisabledFrom: null, temporarilyDisabledUntil: null, disableReason: null }
    : status;
}

export interface Disabling {
  /** For the user to read. */
  reason: string | null;
  /** Both, or neither: until somebody enables the account again. */
  temporarilyDisabledFrom: Date | null;
  temporarilyDisabledUntil: Date | null;
}

/**
 * The status of an account after it is disabled, as in Authgear: for good, where it is not already, or for a
 * time, which takes the place of whatever was disabled before. A period in the past disables nothing.
 *
 * @throws Invalid `InvalidAccountStatusTransition`
 */
export function disabled(status: Status, request: Disabling, now: Date): Status {
  const { reason, temporarilyDisabledFrom, temporarilyDisabledUntil } = request;
  const isTemporary = temporarilyDisabledFrom !== null || temporarilyDisabledUntil !== null;
  const asked = { ...status, ...CLEAR, isDisabled: !isTemporary, disableReason: reason };
  const target = withoutPast({ ...asked, temporarilyDisabledFrom, temporarilyDisabledUntil }, now);
  checkPeriods(target);
  const from = standingOf(status, now);
  const to: Standing = isTemporary ? 'disabled_temporarily' : 'disabled';
  const isFree = ['normal', 'outside_valid_period', 'disabled_temporarily'].includes(from);
  if (!isFree && !(isTemporary && from === 'disabled')) throw transitionRefused(from, to);
  return target;
}

/**
 * The status of an account after it is enabled again. Beyond Authgear, a period that has not begun yet is
 * called off by it as well.
 *
 * @throws Invalid `InvalidAccountStatusTransition` where nobody has disabled it, or it is about to be deleted
 */
export function enabled(status: Status, now: Date): Status {
  const from = standingWithin(status, now);
  const isPlanned = from === 'normal' && withoutPast(status, now).temporarilyDisabledUntil !== null;
  const isRefused = status.isAnonymized || !(from.startsWith('disabled') || isPlanned);
  if (isRefused) throw transitionRefused(standingOf(status, now), 'normal');
  const target = { ...status, ...CLEAR };
  checkPeriods(target);
  return target;
}

/**
 * The status of an account after its period of validity was changed, whatever it stands at besides.
 *
 * @param period what is absent stays, null takes away
 * @throws Invalid `InvalidAccountStatusTransition`
 */
export function valid(
  status: Status,
  period: Partial<Pick<Status, 'accountValidFrom' | 'accountValidUntil'>>,
  now: Date,
): Status {
  const target = withoutPast({ ...status, ...period }, now);
  checkPeriods(target);
  if (status.isAnonymized) throw transitionRefused('anonymized', standingOf(target, now));
  return target;
}
