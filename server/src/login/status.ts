import type { User } from '../users/index.ts';

export interface AccountStatus {
  allowed: boolean;
  /** What the operators entered as the reason, for the user to read. */
  reason?: string;
}

/** Whether an account may be signed in to at this moment. */
export function accountStatus(user: User, now: Date): AccountStatus {
  const reason = user.disableReason ?? undefined;
  const within = (from: Date | null, until: Date | null): boolean =>
    (from !== null || until !== null) && (from === null || from <= now) && (until === null || now < until);
  if (user.isAnonymized) return { allowed: false };
  if (user.isDisabled || user.deleteAt !== null) return { allowed: false, reason };
  if (within(user.temporarilyDisabledFrom, user.temporarilyDisabledUntil)) return { allowed: false, reason };
  if (user.accountValidFrom !== null && now < user.accountValidFrom) return { allowed: false };
  if (user.accountValidUntil !== null && now >= user.accountValidUntil) return { allowed: false };
  return { allowed: true };
}
