import type { Acting } from '../../audit/index.ts';
import type { Hasher } from '../../passwords/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import type { RateLimits } from '../../platform/rate-limits/index.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Project, Projects } from '../../projects/index.ts';
import type { AdminApi } from '../admin-api/index.ts';
import type { StandalonePages } from '../hosted-pages/index.ts';

/** Who has signed in, and in which login session. */
export interface ProvedSignIn {
  userID: string;
  sessionUID: string;
  sessionEpoch: number;
  authenticatedAt: Date;
}

/** What the portal needs of OpenID Connect, beyond being one of its clients. */
export interface PortalOidc {
  /**
   * Redeems a code in the process, as the client's back channel would.
   * @throws Invalid for a code that is used, expired, revoked or not of this client and verifier
   */
  redeemCode(
    project: Project,
    input: { clientID: string; code: string; codeVerifier: string; redirectURI: string },
  ): Promise<ProvedSignIn>;
  /** Ends a login session with all that was granted in it. */
  endSession(project: Project, sessionUID: string, origin: Acting['origin']): Promise<void>;
}

/** What the portal's own part of the server is put together from. */
export interface PortalApiDeps {
  config: Config;
  database: Database;
  clock: Clock;
  secrets: Secrets;
  log: Log;
  hasher: Hasher;
  rateLimits: RateLimits;
  projects: Projects;
  oidc: PortalOidc;
  adminApi(): Promise<Pick<AdminApi, 'handleAsOperator'>>;
  pages: Pick<StandalonePages, 'protocolError'>;
  /** Where the build of the portal is. */
  folder: string;
}
