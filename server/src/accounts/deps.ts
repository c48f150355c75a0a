import type { Clock } from '../platform/clock.ts';
import type { Project, Projects } from '../projects/index.ts';

/** What the acts on how an account stands need. */
export interface StatusDeps {
  clock: Clock;
  projects: Pick<Projects, 'mayActOn'>;
  project: Project;
}

/** What deleting an account needs. */
export interface DeletionDeps extends StatusDeps {
  projects: Pick<Projects, 'mayActOn' | 'collaborators'>;
}
