import { invalid } from '../platform/errors.ts';

/** Every reason an act of this capability can be refused for. */
export type AccountErrorReason = 'InvalidAccountStatusTransition';

const REASON = 'InvalidAccountStatusTransition' satisfies AccountErrorReason;

/** What two times of an account must not be to each other, as Authgear names it. */
export type PeriodFault =
  | 'AccountValidFromShouldBeBeforeAccountValidUntil'
  | 'AccountValidFromShouldBeBeforeTemporarilyDisabledFrom'
  | 'TemporarilyDisabledFromShouldBeBeforeTemporarilyDisabledUntil'
  | 'TemporarilyDisabledPeriodMissingFromTimestamp'
  | 'TemporarilyDisabledPeriodMissingUntilTimestamp'
  | 'TemporarilyDisabledUntilShouldBeBeforeAccountValidUntil';

export const periodWrong = (kind: PeriodFault, message: string) =>
  invalid(REASON, message, { cause: { kind } });

/** The account does not come from this standing to that one. */
export const transitionRefused = (from: string, to: string) =>
  invalid(REASON, `invalid account status transition: ${from} -> ${to}`, { from, to });
