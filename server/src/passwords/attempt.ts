import type { Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { LatchkeyError } from '../platform/errors.ts';
import { ipKey, type RateLimit, type RateLimits } from '../platform/rate-limits/index.ts';
import { accountLocked } from './errors.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Wrong tries in a row after which only another password helps (NIST SP 800-63B-4, 3.2.2: no more than 100). */
export const MOST_FAILURES = 100;

/** Stops whoever guesses at one account. */
const PER_ACCOUNT_AND_IP: RateLimit = {
  name: 'failed_passwords_per_account_and_ip',
  max: 10,
  windowMs: 15 * MINUTE_MS,
};

/** Stops whoever tries one password on many accounts; wide enough for an office behind one address. */
const PER_IP: RateLimit = { name: 'failed_passwords_per_ip', max: 200, windowMs: 15 * MINUTE_MS };

/**
 * Says, of a known login id and of an unknown one alike, that there were too many failures in a row. The count
 * that really keeps an account closed stands beside its password.
 */
const IN_A_ROW: RateLimit = {
  name: 'failed_passwords_in_a_row',
  max: MOST_FAILURES,
  windowMs: 30 * DAY_MS,
};

/** Whose password is tried. */
export interface Tried {
  /** What the account is called by whoever tries: a login id that may be nobody's. */
  account: string;
  userID?: string;
  /** Another one begins all counts anew. */
  series: string;
}

/** A try that has been counted as a failure. */
export interface Attempt {
  /** The password was right: forgets the failures of the account, and this one of the address. */
  succeeded(): Promise<void>;
  /** It could not be checked: it counts for nothing. */
  undo(): Promise<void>;
}

/**
 * Counts a try at a password before it is checked, so that of many at once no more are checked than are free.
 * @throws TooManyRequest `RateLimited`, `AccountLockout`
 */
export async function beginAttempt(
  db: ProjectDb,
  rateLimits: RateLimits,
  { account, userID, series }: Tried,
  origin: Origin,
): Promise<Attempt> {
  const ip = ipKey(origin.ipAddress);
  const ofAddress = { limit: PER_IP, of: ip };
  const ofAccount = [
    { limit: PER_ACCOUNT_AND_IP, of: `${ip} ${series} ${account}` },
    { limit: IN_A_ROW, of: `${series} ${account}` },
  ];
  try {
    await rateLimits.use(db, [ofAddress, ...ofAccount], { userID, origin });
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.info?.limit !== IN_A_ROW.name) throw error;
    throw accountLocked(Number(error.info.retry_after_seconds));
  }
  return {
    succeeded: () => rateLimits.settle(db, { giveBack: [ofAddress], clear: ofAccount }),
    undo: () => rateLimits.giveBack(db, [ofAddress, ...ofAccount]),
  };
}
