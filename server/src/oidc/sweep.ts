import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Projects } from '../projects/index.ts';
import { portalSessionStore, sessionStore } from '../sessions/index.ts';
import { removeExpiredArtifacts } from './artifact-store.ts';
import { grantStore } from './grant-store.ts';

/** Removes what has run out of all projects: logins, codes, tokens, grants, sessions. Run once an hour. */
export async function sweepOidc(deps: {
  database: Database;
  clock: Clock;
  projects: Pick<Projects, 'list'>;
}): Promise<void> {
  const now = deps.clock.now();
  for (const { id } of await deps.projects.list()) {
    const db = deps.database.forProject(id);
    await removeExpiredArtifacts(db, now);
    await grantStore(db).removeExpired(now);
    await portalSessionStore(db).removeExpired(now);
    await sessionStore(db).removeExpired(now);
  }
}
