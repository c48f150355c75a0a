import { revisionCache } from '../projects/index.ts';
import { answer } from './answer.ts';
import { clientsOf } from './clients.ts';
import type { OidcDeps } from './deps.ts';
import { findPendingLogin, handOver } from './interactions.ts';
import type { Oidc } from './model.ts';
import { buildProvider } from './provider/build.ts';
import { redeemCode } from './redeem-code.ts';
import { renewSession } from './renew-session.ts';
import { inRequest } from './request-scope.ts';
import { endSessionByName, signOut } from './sign-out.ts';
import { findSignedIn } from './signed-in.ts';

/** Providers kept at the most; measured at 0.14 MB each. */
const MOST_PROVIDERS = 200;

/**
 * OpenID Connect for every project: one Provider each, built at the first request and again when the
 * project's revision has changed. Nothing of the library is loaded before that.
 */
export function createOidc(deps: OidcDeps): Oidc {
  const providers = revisionCache((project) => buildProvider(deps, project), { max: MOST_PROVIDERS });
  const now = () => deps.clock.now();

  return {
    handle: (project, request, response, origin) =>
      inRequest(now(), origin, async () =>
        answer(deps, await providers.get(project), project, request, response),
      ),

    interaction: (project, request, response) =>
      inRequest(now(), {}, async () => findPendingLogin(await providers.get(project), request, response)),

    finishLogin: (project, request, response, login) =>
      inRequest(now(), {}, async () =>
        handOver(deps, await providers.get(project), project, request, response, login),
      ),

    signedIn: (project, request) => findSignedIn(deps, project, request),

    renewSession: (project, request, response) => renewSession(deps, project, request, response),

    signOut: (project, request, response, origin = {}) => signOut(deps, project, request, response, origin),

    redeemCode: (project, redemption) =>
      inRequest(now(), {}, async () => redeemCode(deps, await providers.get(project), project, redemption)),

    endSession: (project, sessionUID, origin = {}) => endSessionByName(deps, project, sessionUID, origin),

    clients: (project) => clientsOf(deps, project),
  };
}
