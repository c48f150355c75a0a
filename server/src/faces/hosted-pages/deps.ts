import type { Hasher } from '../../passwords/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import type { RateLimits } from '../../platform/rate-limits/index.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Words } from '../../platform/words/index.ts';
import type { Projects } from '../../projects/index.ts';
import type { LoginInteractions } from './ports.ts';
import type { Renderer } from './renderer.tsx';

/** What the hosted pages are put together from. */
export interface HostedPagesDeps {
  database: Database;
  clock: Clock;
  secrets: Secrets;
  log: Log;
  hasher: Hasher;
  rateLimits: RateLimits;
  projects: Projects;
  oidc: LoginInteractions;
  words: Words;
  renderer: Renderer;
}
