import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { type ChangeDeps, changeUser } from '../users/index.ts';
import { revokeAllSessions } from './revoke.ts';
import { sessionStore } from './store.ts';

/**
 * Signs a user out everywhere by somebody else's decision: every session, grant, refresh and access token.
 *
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`
 */
export async function terminateAllSessions(
  db: ProjectDb,
  deps: ChangeDeps & { clock: Clock },
  { userID }: { userID: string },
  acting: Acting,
): Promise<void> {
  const { clock } = deps;
  await changeUser(db, deps, { userID, acting }, async (tx) => {
    const living = await sessionStore(tx).list(userID, clock.now());
    await revokeAllSessions(tx, { clock }, userID);
    const data = { termination_type: 'all', session_ids: living.map(({ uid }) => uid) };
    await recordAudit(tx, clock, { activityType: 'USER_SESSION_TERMINATED', userID, acting, data });
    const activityType = 'ADMIN_API_MUTATION_REVOKE_ALL_SESSIONS_EXECUTED';
    await recordMutation(tx, clock, { activityType, userID, acting });
  });
}
