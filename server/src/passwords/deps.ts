import type { Clock } from '../platform/clock.ts';
import type { RateLimits } from '../platform/rate-limits/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Project, Projects } from '../projects/index.ts';
import type { Hasher } from './hasher.ts';

/** What the acts on passwords need. */
export interface PasswordDeps {
  clock: Clock;
  hasher: Hasher;
  /** Seals a password that is to be mailed. */
  secrets: Secrets;
  projects: Pick<Projects, 'settings' | 'mayActOn'>;
  project: Project;
}

/** What trying a password needs beyond that. */
export interface AttemptDeps extends PasswordDeps {
  rateLimits: RateLimits;
}

/** What making operators needs beyond that; the project is the home project. */
export interface OperatorDeps extends PasswordDeps {
  projects: Pick<Projects, 'settings' | 'mayActOn' | 'get' | 'list' | 'collaborators' | 'firstRun'>;
}
