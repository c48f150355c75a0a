import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import type { Log } from '../platform/log.ts';
import type { RateLimits } from '../platform/rate-limits/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Projects } from '../projects/index.ts';
import type { User } from '../users/index.ts';
import type { OidcPages } from './pages.ts';

/** What the acts on apps take. */
export type ClientDeps = Pick<OidcDeps, 'database' | 'clock' | 'secrets'>;

/** What OpenID Connect is put together from. */
export interface OidcDeps {
  database: Database;
  clock: Clock;
  secrets: Secrets;
  log: Log;
  rateLimits: RateLimits;
  projects: Pick<Projects, 'signingKeys' | 'settings'>;
  pages: OidcPages;
  /** Whether an account may be used at this moment; one that may not is nobody here. */
  accountStatus: (user: User, now: Date) => { allowed: boolean };
}
