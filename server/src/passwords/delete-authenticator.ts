import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import type { PasswordDeps } from './deps.ts';
import { authenticatorNotFound, userIsAnonymized } from './errors.ts';
import { authenticatorStore } from './store.ts';
import { removePassword } from './write-password.ts';

/**
 * Takes a user's password away, by somebody else's decision: nobody signs in with it any more, everything
 * that was signed in ends, and codes, links and unsent mails about it are void. What it was counts for the
 * history as before. As with Authgear, an operator may leave an account without any way to sign in.
 *
 * @returns whose it was
 * @throws NotFound `AuthenticatorNotFound`; Forbidden `MayNotActOnCollaborator`; Invalid `UserIsAnonymized`
 */
export async function deleteAuthenticator(
  db: ProjectDb,
  deps: Pick<PasswordDeps, 'clock' | 'projects' | 'project'>,
  { authenticatorID }: { authenticatorID: string },
  acting: Acting,
): Promise<{ userID: string }> {
  const { clock } = deps;
  const found = await authenticatorStore(db).find(authenticatorID);
  if (!found) throw authenticatorNotFound();
  const { userID } = found;
  await deps.projects.mayActOn(acting.actor, deps.project, userID);
  await db.transaction(async (tx) => {
    const user = await userStore(tx).lock(userID);
    if (!user) throw authenticatorNotFound();
    if (user.isAnonymized) throw userIsAnonymized();
    if (!(await removePassword(tx, { clock }, user, authenticatorID))) throw authenticatorNotFound();

    const data = { authenticator_id: authenticatorID };
    await recordAudit(tx, clock, { activityType: 'PASSWORD_REMOVED', userID, acting, data });
    await recordMutation(tx, clock, {
      activityType: 'ADMIN_API_MUTATION_DELETE_AUTHENTICATOR_EXECUTED',
      userID,
      acting,
      data: { ...data, type: found.type, kind: found.kind },
    });
  });
  return { userID };
}
