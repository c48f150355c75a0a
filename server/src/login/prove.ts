import { type Acting, recordAudit } from '../audit/index.ts';
import { verifyPassword } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { parseLoginID, userStore } from '../users/index.ts';
import type { LoginDeps } from './deps.ts';
import { accountDisabled, credentialsRefused } from './errors.ts';
import { locateLogin } from './locate.ts';
import type { LoginState } from './model.ts';
import { accountStatus } from './status.ts';
import { flowStore } from './store.ts';

/** How long a right password may wait for the steps after it, such as choosing a new one. */
const PROOF_LIFETIME_MS = 30 * 60 * 1000;

/**
 * Checks a login id with its password and notes what they proved for this interaction.
 * @returns the step that comes next
 * @throws InvalidCredentials for an unknown login id, an account without a password and a wrong password
 *   alike, after the same work; DisabledUser only after the right password; HashingQueueFull
 */
export async function provePassword(
  db: ProjectDb,
  deps: LoginDeps,
  input: { interactionID: string; loginID: string; password: string },
  origin: Acting['origin'],
): Promise<LoginState> {
  const { clock } = deps;
  const userID = await identify(db, input.loginID);
  const verdict = await verifyPassword(db, deps, { userID, password: input.password });
  if (!verdict.ok) {
    await recordRefusal(db, deps, userID, input.loginID, origin);
    throw credentialsRefused();
  }
  const user = await userStore(db).find(verdict.userID);
  if (!user) throw credentialsRefused();
  const now = clock.now();
  const status = accountStatus(user, now);
  if (!status.allowed) throw accountDisabled(status.reason);

  await flowStore(db).removeExpired(now);
  await flowStore(db).put(sha256(input.interactionID), {
    userID: user.id,
    sessionEpoch: verdict.sessionEpoch,
    passwordVersion: verdict.passwordVersion,
    mustChange: verdict.mustChange,
    provedAt: now,
    expiresAt: new Date(now.getTime() + PROOF_LIFETIME_MS),
  });
  return locateLogin(db, clock, input.interactionID);
}

/** Finds whose login id it is. Every kind it could be is looked up, so that the work tells nothing. */
async function identify(db: ProjectDb, loginID: string): Promise<string | undefined> {
  const found = await Promise.all(
    parseLoginID(loginID).map(({ type, uniqueKey }) => userStore(db).findByIdentity(type, uniqueKey)),
  );
  return found.find((user) => user !== undefined)?.id;
}

/**
 * Records a refused attempt. What was typed as a login id is kept only where it has the form of an e-mail
 * address or a phone number: a password typed into the wrong field must not end up in the audit log.
 */
async function recordRefusal(
  db: ProjectDb,
  deps: LoginDeps,
  userID: string | undefined,
  loginID: string,
  origin: Acting['origin'],
): Promise<void> {
  const recognized = parseLoginID(loginID).find(({ type }) => type !== 'username');
  await recordAudit(db, deps.clock, {
    activityType: userID
      ? 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED'
      : 'AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED',
    userID,
    acting: { actor: { type: 'system' }, origin },
    data: userID || !recognized ? {} : { login_id: recognized.normalized },
  });
}
