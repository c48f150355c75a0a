import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Log } from '../platform/log.ts';
import type { RateLimits } from '../platform/rate-limits/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Projects } from '../projects/index.ts';

/** What the acts on codes need. */
export interface CodeDeps {
  clock: Clock;
  secrets: Secrets;
  rateLimits: Pick<RateLimits, 'use' | 'giveBack'>;
}

/** What the worker needs beyond that. */
export interface CodeTaskDeps extends Pick<CodeDeps, 'clock' | 'secrets'> {
  database: Database;
  log: Log;
  projects: Pick<Projects, 'find' | 'list'>;
}
