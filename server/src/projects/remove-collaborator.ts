import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { collaboratorsStore } from './collaborators-store.ts';
import type { ProjectsDeps } from './deps.ts';
import { collaboratorNotFound } from './errors.ts';
import { requireAnotherOwner } from './last-owner.ts';
import { type Collaborator, HOME } from './model.ts';

/**
 * Takes somebody's role in a project away. What they may do there ends with their next request, which asks for
 * the role anew. The account in the home project stays.
 *
 * @param outer joins this transaction, of whichever project
 * @throws NotFound `CollaboratorNotFound`; Forbidden `LastOwner`
 */
export async function removeCollaborator(
  { database, clock }: ProjectsDeps,
  { projectID, userID }: Pick<Collaborator, 'projectID' | 'userID'>,
  acting: Acting,
  outer?: ProjectDb,
): Promise<void> {
  await (outer ?? database.forProject(projectID)).transaction(async (tx) => {
    const store = collaboratorsStore(tx.kysely);
    await store.holdStill(projectID);
    const role = await store.roleOf(projectID, userID);
    if (role === undefined) throw collaboratorNotFound();
    if (role === 'owner') await requireAnotherOwner(tx.kysely, projectID, userID);
    await store.remove(projectID, userID);
    await recordAudit({ ...tx, projectID }, clock, {
      activityType: 'PROJECT_COLLABORATOR_DELETED',
      userID: projectID === HOME ? userID : undefined,
      acting,
      data: { user_id: userID, role },
    });
  });
}
