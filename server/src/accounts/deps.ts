import type { Clock } from '../platform/clock.ts';
import type { Projects } from '../projects/index.ts';
import type { ChangeDeps } from '../users/index.ts';

/** What the acts on how an account stands need. */
export interface StatusDeps extends ChangeDeps {
  clock: Clock;
}

/** What deleting an account needs. */
export interface DeletionDeps extends StatusDeps {
  projects: Pick<Projects, 'mayActOn' | 'collaborators'>;
}
