import { type Origin, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { endOtherSessions, sessionStore } from '../sessions/index.ts';
import { userNotFound, userStore } from '../users/index.ts';
import { keepTokens } from './keep-tokens.ts';

/**
 * Signs a user out everywhere but in one session, at their own wish, with every token that apps were given elsewhere.
 * @throws NotFound `UserNotFound`
 */
export function terminateOtherSessions(
  db: ProjectDb,
  deps: { clock: Clock },
  { userID, sessionUID }: { userID: string; sessionUID: string },
  origin: Origin,
): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await userStore(tx).lock(userID))) throw userNotFound();
    const living = await sessionStore(tx).list(userID, deps.clock.now());
    await endOtherSessions(tx, deps, { userID, except: sessionUID });
    await keepTokens(tx, deps, sessionUID);
    const others = living.map(({ uid }) => uid).filter((uid) => uid !== sessionUID);
    await recordAudit(tx, deps.clock, {
      activityType: 'USER_SESSION_TERMINATED',
      userID,
      acting: { actor: { type: 'user', userID }, origin },
      data: { termination_type: 'all_except_current', session_ids: others },
    });
  });
}
