import { type Acting, type Origin, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import { ipKey } from '../platform/rate-limits/index.ts';
import { insertUser, type LoginID, type User } from '../users/index.ts';
import { passwordChooser } from './choose.ts';
import type { PasswordDeps } from './deps.ts';
import { hintsOf } from './hints.ts';
import type { WrittenPassword } from './model.ts';
import { writePassword } from './write-password.ts';

export interface SignUpRequest {
  /** An e-mail address that whoever signs up has proved to be theirs. */
  address: LoginID;
  password: string;
  /** The language they signed up in (BCP 47). */
  locale?: string;
}

/**
 * Makes a user by their own decision, once they have proved their address: user, verified address, password
 * and audit entries in one transaction.
 *
 * @param within joins the transaction, for what has to be true together with the account; where it throws,
 *   there is none
 * @throws Invalid `PasswordPolicyViolated`, `InvariantViolated` (the address is another user's);
 *   ServiceUnavailable `HashingQueueFull`
 */
export async function signUp(
  db: ProjectDb,
  deps: PasswordDeps,
  { address, password, locale }: SignUpRequest,
  origin: Origin,
  within: (tx: ProjectDb, user: User, written: WrittenPassword) => Promise<void>,
): Promise<{ userID: string }> {
  const { clock, hasher, project } = deps;
  const { passwords: policy } = await deps.projects.settings(project);
  // One proved address is enough to send the form any number of times at once.
  const source = ipKey(origin.ipAddress);
  const { hash } = await passwordChooser({ hasher, policy, source }, password)(hintsOf(project, [address]));
  const id = newID(clock);
  const acting: Acting = { actor: { type: 'user', userID: id }, origin };

  await db.transaction(async (tx) => {
    const user = await insertUser(
      tx,
      { clock },
      { id, loginIDs: [address], locale, isVerified: true },
      acting,
    );
    await recordAudit(tx, clock, {
      activityType: 'IDENTITY_EMAIL_VERIFIED',
      userID: id,
      acting,
      data: { login_id: address.normalized },
    });
    const change = { hash, mustChange: false, endSessions: false };
    const written = await writePassword(tx, { clock, policy }, user, change);
    await within(tx, user, written);
  });
  return { userID: id };
}
