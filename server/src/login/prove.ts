import { type Acting, recordAudit } from '../audit/index.ts';
import { verifyPassword } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { type LoginID, parseLoginID, userStore } from '../users/index.ts';
import type { LoginDeps } from './deps.ts';
import { accountDisabled, credentialsRefused } from './errors.ts';
import { stateOf } from './locate.ts';
import type { LoginState, Proof } from './model.ts';
import { accountStatus } from './status.ts';
import { flowStore } from './store.ts';

/** How long a right password may wait for the steps after it, such as choosing a new one. */
export const PROOF_LIFETIME_MS = 30 * 60 * 1000;

/**
 * Checks a login id with its password and notes what they proved for this interaction.
 * @returns the step that comes next
 * @throws InvalidCredentials for an unknown login id, an account without a password and a wrong password
 *   alike, after the same work; DisabledUser only after the right password; RateLimited and AccountLockout
 *   whether it is right or not; HashingQueueFull
 */
export async function provePassword(
  db: ProjectDb,
  deps: LoginDeps,
  input: { interactionID: string; loginID: string; password: string },
  origin: Acting['origin'],
): Promise<LoginState> {
  const { clock } = deps;
  const loginIDs = parseLoginID(input.loginID);
  // Every kind the text could be is looked up at once, so that the work tells nothing.
  const user = await userStore(db).findByAnyIdentity(loginIDs);
  const account = loginIDs.map(({ type, uniqueKey }) => `${type} ${uniqueKey}`).join(' ') || input.loginID;
  const tried = { userID: user?.id, account, password: input.password };
  const verdict = await verifyPassword(db, deps, tried, origin);
  if (!user || !verdict.ok) {
    await recordRefusal(db, deps, user?.id, loginIDs, origin);
    throw credentialsRefused();
  }
  const now = clock.now();
  const status = accountStatus(user, now);
  if (!status.allowed) throw accountDisabled(status.reason);

  const { sessionEpoch, passwordVersion, mustChange } = verdict;
  const proof: Proof = {
    userID: user.id,
    sessionEpoch,
    passwordVersion,
    mustChange,
    provedAt: now,
    expiresAt: new Date(now.getTime() + PROOF_LIFETIME_MS),
  };
  await flowStore(db).put(sha256(input.interactionID), proof);
  // The verdict is newer than the user that was read before the password was hashed.
  return stateOf({
    proof,
    user: { ...user, sessionEpoch, passwordVersion },
    passwordExpired: mustChange,
    now,
  });
}

/**
 * Records a refused attempt. What was typed as a login id is kept only where it has the form of an e-mail
 * address or a phone number: a password typed into the wrong field must not end up in the audit log.
 */
async function recordRefusal(
  db: ProjectDb,
  deps: LoginDeps,
  userID: string | undefined,
  loginIDs: readonly LoginID[],
  origin: Acting['origin'],
): Promise<void> {
  const recognized = loginIDs.find(({ type }) => type !== 'username');
  await recordAudit(db, deps.clock, {
    activityType: userID
      ? 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED'
      : 'AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED',
    userID,
    acting: { actor: { type: 'system' }, origin },
    data: userID || !recognized ? {} : { login_id: recognized.normalized },
  });
}
