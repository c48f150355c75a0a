import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import type { Project, Projects } from '../projects/index.ts';
import { revokeSession, sessionNotFound, sessionStore } from '../sessions/index.ts';
import { grantStore } from './grant-store.ts';

/** The grants that a session gave to apps: each names its grant by the id. */
export function grantsOf(payload: Record<string, unknown>): Buffer[] {
  const authorizations = (payload.authorizations ?? {}) as Record<string, { grantId?: string } | undefined>;
  return Object.values(authorizations).flatMap((given) =>
    given?.grantId === undefined ? [] : [sha256(given.grantId)],
  );
}

/**
 * Ends one session by somebody else's decision, with every token that apps were given in it: whoever is thrown
 * out of a browser is not to stay in the apps, so refresh tokens that would outlive the session end as well.
 *
 * @param sessionUID the session's name
 * @returns whose it was
 * @throws NotFound `SessionNotFound`; Forbidden `MayNotActOnCollaborator`
 */
export function terminateSession(
  db: ProjectDb,
  deps: { clock: Clock; projects: Pick<Projects, 'mayActOn'>; project: Project },
  { sessionUID }: { sessionUID: string },
  acting: Acting,
): Promise<{ userID: string }> {
  const { clock, projects, project } = deps;
  return db.transaction(async (tx) => {
    const now = clock.now();
    const session = await sessionStore(tx).lock(sessionUID, now);
    if (session?.user === undefined) throw sessionNotFound();
    const { userID } = session.user;
    await projects.mayActOn(acting.actor, project, userID);
    await revokeSession(tx, { clock }, { uid: sessionUID });
    for (const idHash of grantsOf(session.payload)) await grantStore(tx).revoke(idHash, now);

    const entry = { userID, acting, data: { session_ids: [sessionUID] } };
    await recordAudit(tx, clock, {
      activityType: 'USER_SESSION_TERMINATED',
      ...entry,
      data: { termination_type: 'individual', ...entry.data },
    });
    await recordMutation(tx, clock, { activityType: 'ADMIN_API_MUTATION_REVOKE_SESSION_EXECUTED', ...entry });
    return { userID };
  });
}
