import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { HostConfig } from './hosts.ts';

/** What projects are put together from. */
export interface ProjectsDeps {
  database: Database;
  clock: Clock;
  secrets: Secrets;
  config: HostConfig;
}
