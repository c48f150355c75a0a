import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import { passwordChooser } from './choose.ts';
import type { PasswordDeps } from './deps.ts';
import { userIsAnonymized } from './errors.ts';
import { hintsOf } from './hints.ts';
import { checkHistory, comparePassword } from './history.ts';
import type { WrittenPassword } from './model.ts';
import { mailNotice } from './send-password.ts';
import { onPresentPassword, writePassword } from './write-password.ts';

/**
 * Sets a password anew for a user who lost it and has proved to own the account in another way. Every session
 * ends, the user's addresses are told, and the password need not be changed again. Nobody is signed in by it, and
 * an account that is disabled stays so.
 *
 * @param prove uses the proof up, in the transaction that writes the password and before it does; throws where
 *   the proof counts no more, and then nothing has changed
 * @returns the user's standing after it
 * @throws NotFound `UserNotFound`; Invalid `PasswordPolicyViolated`, `UserIsAnonymized`; ServiceUnavailable
 *   `HashingQueueFull`; whatever `prove` throws
 */
export async function recoverPassword(
  db: ProjectDb,
  deps: PasswordDeps,
  { userID, newPassword }: { userID: string; newPassword: string },
  acting: Acting,
  prove: (tx: ProjectDb) => Promise<void>,
): Promise<WrittenPassword> {
  const { clock, hasher, project } = deps;
  const { passwords: policy } = await deps.projects.settings(project);
  const choose = passwordChooser({ hasher, policy }, newPassword);
  const compared = comparePassword(hasher, newPassword);

  return onPresentPassword(
    db,
    { userID, actor: acting.actor },
    async (user) => {
      await deps.projects.mayActOn(acting.actor, project, userID);
      if (user.isAnonymized) throw userIsAnonymized();
      const identities = await userStore(db).identitiesOf(userID);
      return choose(hintsOf(project, identities), () =>
        checkHistory(db, { clock, policy }, userID, compared),
      );
    },
    async (tx, user, { hash }) => {
      if (user.isAnonymized) throw userIsAnonymized();
      await prove(tx);
      const change = { hash, mustChange: false, endSessions: true };
      const { passwordVersion, sessionEpoch } = await writePassword(tx, { clock, policy }, user, change);
      await mailNotice(tx, deps, user);
      await recordAudit(tx, clock, { activityType: 'PASSWORD_CHANGED', userID, acting });
      return { passwordVersion, sessionEpoch };
    },
  );
}
