import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { changeUser } from '../users/index.ts';
import type { PasswordDeps } from './deps.ts';
import { authenticatorNotFound, userIsAnonymized } from './errors.ts';
import { passwordStore } from './store.ts';

/**
 * Makes the next login with the present password choose another one, or takes that back. Who is signed in
 * stays so. A login under way is caught by it as well: it reads this when it finishes.
 *
 * @throws NotFound `UserNotFound`, `AuthenticatorNotFound` (the user has no password); Forbidden
 *   `MayNotActOnCollaborator`; Invalid `UserIsAnonymized`
 */
export async function setPasswordExpired(
  db: ProjectDb,
  deps: Pick<PasswordDeps, 'clock' | 'projects' | 'project'>,
  { userID, expired }: { userID: string; expired: boolean },
  acting: Acting,
): Promise<void> {
  const { clock } = deps;
  await changeUser(db, deps, { userID, acting }, async (tx, user) => {
    if (user.isAnonymized) throw userIsAnonymized();
    const expireAfter = expired ? clock.now() : null;
    if (!(await passwordStore(tx).setExpireAfter(userID, expireAfter))) throw authenticatorNotFound();

    const entry = { userID, acting, data: { expired } };
    await recordAudit(tx, clock, { activityType: 'PASSWORD_EXPIRY_SET', ...entry });
    const activityType = 'ADMIN_API_MUTATION_SET_PASSWORD_EXPIRED_EXECUTED';
    await recordMutation(tx, clock, { activityType, ...entry });
  });
}
