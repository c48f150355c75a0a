import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import { forgetLogins } from '../login/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { HOME } from '../projects/index.ts';
import { revokeAllSessions } from '../sessions/index.ts';
import { changeUser, userStore } from '../users/index.ts';
import type { DeletionDeps } from './deps.ts';

/**
 * Deletes a user for good, with all that is theirs: login ids, password and its history, sessions, grants and
 * tokens, codes, messages with what is sealed in them, and the roles in projects. The audit log keeps what
 * happened and names the id.
 *
 * @param input the reason is recorded, for whoever asks later
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`, `LastOwner`
 */
export async function deleteUser(
  db: ProjectDb,
  deps: DeletionDeps,
  { userID, reason }: { userID: string; reason: string | null },
  acting: Acting,
): Promise<void> {
  const { clock, projects, project } = deps;
  await changeUser(db, deps, { userID, acting }, async (tx) => {
    // A user of another project is nobody's collaborator, though an id may look alike.
    const places = project.id === HOME ? await projects.collaborators.projectsOf(userID) : [];
    for (const { projectID } of places) {
      await projects.collaborators.remove({ projectID, userID }, acting, tx);
    }
    await revokeAllSessions(tx, { clock }, userID);
    await forgetLogins(tx, userID);
    await userStore(tx).remove(userID);

    const entry = { userID, acting, data: { user_id: userID, reason } };
    await recordAudit(tx, clock, { activityType: 'USER_DELETED', ...entry });
    await recordMutation(tx, clock, { activityType: 'ADMIN_API_MUTATION_DELETE_USER_EXECUTED', ...entry });
  });
}
