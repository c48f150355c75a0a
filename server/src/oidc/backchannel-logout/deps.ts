import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Projects } from '../../projects/index.ts';

/** What telling apps of the end of sessions takes. */
export interface LogoutDeps {
  database: Database;
  clock: Clock;
  projects: Pick<Projects, 'find' | 'signingKeys'>;
}
