import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { collaboratorsStore } from './collaborators-store.ts';
import type { ProjectsDeps } from './deps.ts';
import { firstRunStore } from './first-run-store.ts';
import { requireAnotherOwner } from './last-owner.ts';
import { HOME, type Role } from './model.ts';

/** Whose role in which project. */
export interface Place {
  projectID: string;
  userID: string;
  role: Role;
}

/**
 * Makes a user of the home project a collaborator, or gives one another role; who has the role already keeps it,
 * and nothing is recorded. An owner of home ends the first run: its link is void from then on.
 *
 * @param outer joins this transaction, of whichever project
 * @throws Forbidden `LastOwner`
 */
export async function giveRole(
  { database, clock }: Pick<ProjectsDeps, 'database' | 'clock'>,
  { projectID, userID, role }: Place,
  acting: Acting,
  outer?: ProjectDb,
): Promise<void> {
  await (outer ?? database.forProject(projectID)).transaction(async (tx) => {
    const store = collaboratorsStore(tx.kysely);
    // Before the project's row is locked: whoever redeems the link takes them in this order too.
    if (projectID === HOME && role === 'owner') await firstRunStore(tx.kysely).remove();
    await store.holdStill(projectID);
    const before = await store.roleOf(projectID, userID);
    if (before === role) return;
    if (before === 'owner') await requireAnotherOwner(tx.kysely, projectID, userID);
    await store.put(projectID, userID, role, clock.now());
    await recordAudit({ ...tx, projectID }, clock, {
      ...(before === undefined
        ? { activityType: 'COLLABORATOR_ADDED', data: { user_id: userID, role } }
        : { activityType: 'COLLABORATOR_ROLE_CHANGED', data: { user_id: userID, from: before, to: role } }),
      userID: projectID === HOME ? userID : undefined,
      acting,
    });
  });
}
