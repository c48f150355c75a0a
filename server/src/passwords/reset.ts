import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import { passwordChooser, requireTypingAllowed } from './choose.ts';
import type { PasswordDeps } from './deps.ts';
import { sendPasswordNoTarget, userIsAnonymized } from './errors.ts';
import { hintsOf } from './hints.ts';
import { checkHistory, comparePassword } from './history.ts';
import { mailPassword, mailTargets } from './send-password.ts';
import { onPresentPassword, writePassword } from './write-password.ts';

export interface ResetRequest {
  userID: string;
  /** Absent or empty: one is generated. */
  password?: string;
  /** Mails it to each of the user's e-mail login ids. */
  sendPassword: boolean;
  /** The next login has to choose another one. */
  setPasswordExpired: boolean;
  /** Signs the user out everywhere. */
  revokeSessions: boolean;
}

/**
 * Gives a user another password, by somebody else's decision. Everything is written in one transaction:
 * password, history, end of sessions, audit entries, mails with their jobs. What is refused changes nothing.
 * A disabled account can be reset and stays disabled.
 *
 * @returns the mails' ids, and the password where it was generated (it can never be read again)
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`, `TypingPasswordDisabled`; Invalid
 *   `UserIsAnonymized`, `SendPasswordNoTarget`, `PasswordPolicyViolated`, `PasswordPolicyUnsatisfiable`;
 *   ServiceUnavailable `HashingQueueFull`
 */
export async function resetPassword(
  db: ProjectDb,
  deps: PasswordDeps,
  input: ResetRequest,
  acting: Acting,
): Promise<{ messageIDs: string[]; generated?: string }> {
  const { clock, hasher, project } = deps;
  const { userID, sendPassword, setPasswordExpired: mustChange, revokeSessions } = input;
  const typed = input.password || undefined;
  const { passwords: policy } = await deps.projects.settings(project);
  const choose = passwordChooser({ hasher, policy }, typed);
  const compared = comparePassword(hasher, typed ?? '');

  return onPresentPassword(
    db,
    { userID, actor: acting.actor },
    async (user) => {
      await deps.projects.mayActOn(acting.actor, project, userID);
      if (user.isAnonymized) throw userIsAnonymized();
      requireTypingAllowed(policy, typed, acting.actor);
      const identities = await userStore(db).identitiesOf(userID);
      if (sendPassword && mailTargets(identities).length === 0) throw sendPasswordNoTarget();
      return choose(hintsOf(project, identities), () =>
        checkHistory(db, { clock, policy }, userID, compared),
      );
    },
    async (tx, user, { password, hash, isGenerated }) => {
      if (user.isAnonymized) throw userIsAnonymized();
      const change = { hash, mustChange, endSessions: revokeSessions };
      const { passwordVersion, isFirst } = await writePassword(tx, { clock, policy }, user, change);
      const occasion = isFirst ? 'first-password' : 'reset';
      const messageIDs = sendPassword
        ? await mailPassword(tx, deps, user, { password, passwordVersion, mustChange, occasion })
        : [];

      const entry = {
        userID,
        acting,
        data: {
          generated: isGenerated,
          must_change: mustChange,
          sessions_revoked: revokeSessions,
          message_ids: messageIDs,
        },
      };
      await recordAudit(tx, clock, { activityType: 'PASSWORD_RESET', ...entry });
      const activityType = 'ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED';
      await recordMutation(tx, clock, { activityType, ...entry });
      return { messageIDs, ...(isGenerated && { generated: password }) };
    },
  );
}
