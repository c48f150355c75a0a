import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Project, Projects } from '../projects/index.ts';
import { userNotFound, userStore } from '../users/index.ts';
import { revokeAllSessions } from './revoke.ts';
import { sessionStore } from './store.ts';

/**
 * Signs a user out everywhere by somebody else's decision: every session, grant, refresh and access token.
 *
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`
 */
export async function terminateAllSessions(
  db: ProjectDb,
  deps: { clock: Clock; projects: Pick<Projects, 'mayActOn'>; project: Project },
  { userID }: { userID: string },
  acting: Acting,
): Promise<void> {
  const { clock, projects, project } = deps;
  if (!(await userStore(db).find(userID))) throw userNotFound();
  await projects.mayActOn(acting.actor, project, userID);
  await db.transaction(async (tx) => {
    if (!(await userStore(tx).lock(userID))) throw userNotFound();
    const living = await sessionStore(tx).list(userID, clock.now());
    await revokeAllSessions(tx, { clock }, userID);
    const data = { termination_type: 'all', session_ids: living.map(({ uid }) => uid) };
    await recordAudit(tx, clock, { activityType: 'USER_SESSION_TERMINATED', userID, acting, data });
    const activityType = 'ADMIN_API_MUTATION_REVOKE_ALL_SESSIONS_EXECUTED';
    await recordMutation(tx, clock, { activityType, userID, acting });
  });
}
