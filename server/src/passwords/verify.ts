import type { Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { LatchkeyError } from '../platform/errors.ts';
import { ipKey } from '../platform/rate-limits/index.ts';
import type { PasswordSettings } from '../projects/index.ts';
import { userStore } from '../users/index.ts';
import { beginAttempt } from './attempt.ts';
import type { AttemptDeps, PasswordDeps } from './deps.ts';
import { DUMMY_HASH } from './hasher.ts';
import { hintsOf } from './hints.ts';
import { checkPolicy } from './policy.ts';
import { type Credential, passwordStore } from './store.ts';
import { readPassword } from './text.ts';
import { upgradeHash } from './write-password.ts';

/** What a password proved: nothing, or who it is, as of the moment the stored password was read. */
export type Verdict =
  | { ok: false }
  | {
      ok: true;
      userID: string;
      sessionEpoch: number;
      passwordVersion: number;
      /** Right, but not to be used any longer: expired, too old, or no longer within an enforced policy. */
      mustChange: boolean;
    };

/** What an unknown user is looked up by, so that the database does the same for them. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const DAY_MS = 24 * 60 * 60_000;

/**
 * Checks a user's password. Nobody, a user without a password and a wrong password cost the same work: the same
 * statements and one hash. Every try is counted, whichever way it came: there is no other way to check one.
 *
 * @param input.userID absent where the login id is nobody's
 * @param input.account what the account was called by, as its tries are counted
 * @throws TooManyRequest `RateLimited`, `AccountLockout`, whether the password is right or not; ServiceUnavailable
 *   `HashingQueueFull`
 */
export async function verifyPassword(
  db: ProjectDb,
  deps: AttemptDeps,
  input: { userID?: string; account: string; password: string },
  origin: Origin,
): Promise<Verdict> {
  const { userID, account } = input;
  const { text, isTooLong, hasControlCharacter } = readPassword(input.password);
  const isTypable = !isTooLong && !hasControlCharacter;
  const store = passwordStore(db);
  const stored = await store.find(userID ?? NOBODY);
  const tried = { account, userID, series: stored ? `${stored.id} ${stored.attemptSeries}` : '' };
  const attempt = await beginAttempt(db, deps.rateLimits, tried, origin);
  let isRight: boolean;
  try {
    isRight = await deps.hasher.verify(
      stored?.hash ?? DUMMY_HASH,
      isTypable ? text : '',
      ipKey(origin.ipAddress),
    );
  } catch (error) {
    await attempt.undo();
    throw error;
  }
  if (!isRight || !stored || !isTypable || !(await isOpen(db, stored))) {
    await store.countFailure(userID ?? NOBODY);
    return { ok: false };
  }
  await attempt.succeeded();

  if (deps.hasher.needsRehash(stored.hash)) await upgradeUnlessBusy(db, deps, stored, text);
  return {
    ok: true,
    userID: stored.userID,
    sessionEpoch: stored.sessionEpoch,
    passwordVersion: stored.passwordVersion,
    mustChange: await mustChange(db, deps, stored, text),
  };
}

/** Of a password that has seen too many wrong tries in a row, the right one is refused like another. */
const isOpen = async (db: ProjectDb, { userID, failedAttempts }: Credential): Promise<boolean> =>
  failedAttempts === 0 || passwordStore(db).forgetFailures(userID);

async function mustChange(
  db: ProjectDb,
  deps: PasswordDeps,
  stored: Credential,
  text: string,
): Promise<boolean> {
  const { passwords: policy } = await deps.projects.settings(deps.project);
  if (isExpired(policy, stored, deps.clock.now())) return true;
  if (!policy.force_change) return false;
  const identities = await userStore(db).identitiesOf(stored.userID);
  return (await checkPolicy(policy, text, hintsOf(deps.project, identities))).length > 0;
}

function isExpired(policy: PasswordSettings, { expireAfter, updatedAt }: Credential, now: Date): boolean {
  if (expireAfter !== null && expireAfter <= now) return true;
  return policy.expiry_days > 0 && updatedAt.getTime() + policy.expiry_days * DAY_MS <= now.getTime();
}

/** A login must not fail because there was no time for a better hash: the next one makes it. */
async function upgradeUnlessBusy(
  db: ProjectDb,
  { hasher }: PasswordDeps,
  stored: Credential,
  text: string,
): Promise<void> {
  try {
    await upgradeHash(db, hasher, stored, text);
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.reason !== 'HashingQueueFull') throw error;
  }
}
