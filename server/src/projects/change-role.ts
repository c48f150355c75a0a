import type { Acting } from '../audit/index.ts';
import { collaboratorsStore } from './collaborators-store.ts';
import type { ProjectsDeps } from './deps.ts';
import { collaboratorNotFound } from './errors.ts';
import { giveRole, type Place } from './give-role.ts';
import { mayActOn } from './may-act-on.ts';
import { HOME, reaches } from './model.ts';

/**
 * Gives a collaborator another role. To raise one is to decide who may act on that account from then on, so it
 * needs what every act on them needs; to lower one takes nothing but the project, whose owners may always do it.
 *
 * @throws NotFound `CollaboratorNotFound`; Forbidden `LastOwner`, `MayNotActOnCollaborator`
 */
export async function changeRole(deps: ProjectsDeps, place: Place, acting: Acting): Promise<void> {
  const { projectID, userID, role } = place;
  await deps.database.forProject(projectID).transaction(async (tx) => {
    const store = collaboratorsStore(tx.kysely);
    await store.holdStill(projectID);
    const before = await store.roleOf(projectID, userID);
    if (before === undefined) throw collaboratorNotFound();
    if (!reaches(before, role)) {
      await mayActOn({ projectsOf: store.ofUser }, acting.actor, { id: HOME }, userID);
    }
    await giveRole(deps, place, acting, tx);
  });
}
