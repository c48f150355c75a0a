import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Log } from '../platform/log.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Projects } from '../projects/index.ts';
import type { MailConfig } from './route.ts';

/** What delivering messages needs. */
export interface MessageTaskDeps {
  database: Database;
  clock: Clock;
  log: Log;
  secrets: Secrets;
  projects: Pick<Projects, 'find' | 'settings'>;
  config: MailConfig;
}
