import type { Clock } from '../platform/clock.ts';
import type { Project, Projects } from '../projects/index.ts';

/** What the acts on accounts need. */
export interface AccountDeps {
  clock: Clock;
  projects: Pick<Projects, 'mayActOn' | 'collaborators'>;
  project: Project;
}
