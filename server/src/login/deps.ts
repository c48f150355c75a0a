import type { Hasher } from '../passwords/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Project, Projects } from '../projects/index.ts';

/** What the acts of a login need. */
export interface LoginDeps {
  clock: Clock;
  hasher: Hasher;
  projects: Pick<Projects, 'settings'>;
  project: Project;
}
