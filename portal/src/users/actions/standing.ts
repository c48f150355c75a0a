import type { User } from '../queries.ts';

type Standing = Pick<
  User,
  | 'isDisabled'
  | 'isAnonymized'
  | 'deleteAt'
  | 'anonymizeAt'
  | 'temporarilyDisabledUntil'
  | 'accountValidFrom'
  | 'accountValidUntil'
>;

/** What may be done next about an account that can be disabled; the server has the last word. */
export function standingOf(user: Standing): { canDisable: boolean; canEnable: boolean } {
  const isOver = user.isAnonymized || user.deleteAt !== null || user.anonymizeAt !== null;
  const now = new Date();
  const isPlanned = user.temporarilyDisabledUntil !== null && new Date(user.temporarilyDisabledUntil) > now;
  const isOutside =
    (user.accountValidFrom !== null && now < new Date(user.accountValidFrom)) ||
    (user.accountValidUntil !== null && now >= new Date(user.accountValidUntil));
  const isShut = isPlanned || (user.isDisabled && !isOutside);
  return { canDisable: !isOver && !isShut, canEnable: !isOver && isShut };
}
