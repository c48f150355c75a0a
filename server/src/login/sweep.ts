import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Projects } from '../projects/index.ts';
import { flowStore } from './store.ts';

/** Removes, in all projects, what logins have proved that were never finished and ran out. Run once an hour. */
export async function sweepLogins(deps: {
  database: Database;
  clock: Clock;
  projects: Pick<Projects, 'list'>;
}): Promise<void> {
  for (const { id } of await deps.projects.list()) {
    await flowStore(deps.database.forProject(id)).removeExpired(deps.clock.now());
  }
}
