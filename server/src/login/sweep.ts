import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Projects } from '../projects/index.ts';
import { signupStore } from './signup/store.ts';
import { flowStore } from './store.ts';

/** Removes, in all projects, logins and sign-ups under way that were never finished and ran out. Run once an hour. */
export async function sweepLogins(deps: {
  database: Database;
  clock: Clock;
  projects: Pick<Projects, 'list'>;
}): Promise<void> {
  for (const { id } of await deps.projects.list()) {
    const db = deps.database.forProject(id);
    await flowStore(db).removeExpired(deps.clock.now());
    await signupStore(db).removeExpired(deps.clock.now());
  }
}
