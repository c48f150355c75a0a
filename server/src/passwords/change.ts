import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import { passwordChooser } from './choose.ts';
import type { PasswordDeps } from './deps.ts';
import { passwordChangedMeanwhile, passwordNotSet, userIsAnonymized } from './errors.ts';
import { hintsOf } from './hints.ts';
import { checkHistory, comparePassword } from './history.ts';
import type { Cause, WrittenPassword } from './model.ts';
import { mailNotice } from './send-password.ts';
import { passwordOf } from './store.ts';
import { onPresentPassword, writePassword } from './write-password.ts';

export interface ChangeRequest {
  userID: string;
  /** The version of the password the user has proved to know; a newer one refuses the change. */
  passwordVersion: number;
  /** The session epoch that was proved together with it, where it was. */
  sessionEpoch?: number;
  newPassword: string;
  /** Which sessions end: all unless told, none, or all but one. */
  endSessions?: boolean | { except: string };
}

/**
 * Changes a password by its user's own decision, after the present one was proved. Sessions end as it was asked,
 * the user's addresses are told, and the password need not be changed again.
 *
 * @param within joins the transaction, for what has to be true together with the new password
 * @returns the user's standing after it
 * @throws NotFound `UserNotFound`; Invalid `PasswordPolicyViolated` (with `PasswordSameAsCurrent` beside the
 *   policy's causes), `PasswordChangedMeanwhile`, `PasswordNotSet`, `UserIsAnonymized`; ServiceUnavailable
 *   `HashingQueueFull`
 */
export async function changePassword(
  db: ProjectDb,
  deps: PasswordDeps,
  input: ChangeRequest,
  acting: Acting,
  within?: (tx: ProjectDb, written: WrittenPassword) => Promise<void>,
): Promise<WrittenPassword> {
  const { clock, hasher, project } = deps;
  const { userID, newPassword } = input;
  const { passwords: policy } = await deps.projects.settings(project);
  const choose = passwordChooser({ hasher, policy }, newPassword);
  const compared = comparePassword(hasher, newPassword);

  return onPresentPassword(
    db,
    { userID, actor: acting.actor },
    async (user) => {
      await deps.projects.mayActOn(acting.actor, project, userID);
      if (user.passwordVersion !== input.passwordVersion) throw passwordChangedMeanwhile();
      const present = await passwordOf(db, userID);
      if (!present) throw passwordNotSet();
      const identities = await userStore(db).identitiesOf(userID);
      return choose(hintsOf(project, identities), async () => {
        const reused = await checkHistory(db, { clock, policy }, userID, compared);
        const isSame = await compared.matches(present.hash);
        return isSame ? [...reused, { Name: 'PasswordSameAsCurrent' } satisfies Cause] : reused;
      });
    },
    async (tx, user, { hash }) => {
      if (user.isAnonymized) throw userIsAnonymized();
      if (input.sessionEpoch !== undefined && user.sessionEpoch !== input.sessionEpoch) {
        throw passwordChangedMeanwhile();
      }
      const { endSessions = true } = input;
      const change = { hash, mustChange: false, endSessions };
      const { passwordVersion, sessionEpoch } = await writePassword(tx, { clock, policy }, user, change);
      await mailNotice(tx, deps, user);
      const ended = typeof endSessions === 'object' ? 'others' : endSessions ? 'all' : 'none';
      const data = { sessions_ended: ended };
      await recordAudit(tx, clock, { activityType: 'PASSWORD_CHANGED', userID, acting, data });
      const written = { passwordVersion, sessionEpoch };
      await within?.(tx, written);
      return written;
    },
  );
}
