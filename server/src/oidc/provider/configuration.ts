import type { ClientMetadata, Configuration, JWKS } from 'oidc-provider';
import type { ProjectDb } from '../../platform/database/index.ts';
import type { Project } from '../../projects/index.ts';
import { CLAIMS, createFindAccount } from '../account.ts';
import { createAdapter } from '../adapter/index.ts';
import { cookieNames } from '../cookies.ts';
import type { OidcDeps } from '../deps.ts';
import type { Library } from '../library.ts';
import { grantOfSession } from './grant.ts';
import { LIFETIMES } from './lifetimes.ts';
import { keepOfflineAccess } from './offline-access.ts';
import { CREATE, loginPolicy } from './policy.ts';
import { loginPath, ROUTES, resumePath, signupPath } from './routes.ts';
import type { ShownPages } from './show-page.ts';

const COOKIE = { httpOnly: true, sameSite: 'lax' } as const;
/** The id in it is a secret that stands nowhere else. */
const SESSION_COOKIE = { ...COOKIE, signed: false } as const;
/**
 * Its value stands in the address of the login, where others may read it. Signed, it is good only in the browser
 * that it was given to.
 */
const LOGIN_COOKIE = { ...COOKIE, signed: true } as const;
const loginCookiePurpose = (projectID: string): string => `login-cookie:${projectID}`;
const OFF = { enabled: false };

interface Parts {
  library: Library;
  project: Project;
  db: ProjectDb;
  jwks: JWKS;
  clients: ClientMetadata[];
  pages: ShownPages;
  /** Whether people may make an account of their own. */
  withSignup: boolean;
}

/** How oidc-provider is set up for one project. What is not offered is switched off. */
export function providerConfiguration(deps: OidcDeps, parts: Parts): Configuration {
  const { library, project, db, jwks, clients, pages, withSignup } = parts;
  const clientIDs = new Set(clients.map(({ client_id: clientID }) => clientID));
  const findAccount = createFindAccount(deps, db);
  return {
    adapter: createAdapter({
      db,
      clock: deps.clock,
      library,
      hasClient: (clientID) => clientIDs.has(clientID),
      resumeAddress: (uid) => project.origin + resumePath(uid),
    }),
    clients,
    jwks,
    routes: ROUTES,
    ttl: LIFETIMES,
    cookies: {
      names: { ...cookieNames(project) },
      long: SESSION_COOKIE,
      short: LOGIN_COOKIE,
      keys: deps.secrets.keys(loginCookiePurpose(project.id)),
    },

    claims: CLAIMS,
    findAccount,
    interactions: {
      policy: loginPolicy(library, withSignup),
      url: (_ctx, { uid, prompt }) => (prompt.name === CREATE ? signupPath(uid) : loginPath(uid)),
    },
    discovery: {
      prompt_values_supported: ['none', 'login', 'consent', ...(withSignup ? [CREATE] : [])],
    },
    loadExistingGrant: grantOfSession(db),
    extraParams: { scope: keepOfflineAccess },

    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    // Without the scope `offline_access` nothing outlives the session it came from.
    expiresWithSession: (_ctx, code) => !code.scopes.has('offline_access'),
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: true,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: (_ctx, origin, client) => browserOrigins(client.metadata()).includes(origin),
    // A service is its own subject (RFC 9068, section 2.2). No user has an id of that form.
    extraTokenClaims: (_ctx, token) =>
      token.kind === 'ClientCredentials' ? { sub: token.clientId } : undefined,
    renderError: (ctx, out) => pages.protocolError(ctx, out),

    features: {
      devInteractions: OFF,
      dPoP: OFF,
      pushedAuthorizationRequests: OFF,
      resourceIndicators: OFF,
      userinfo: { enabled: true },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => pages.logoutQuestion(ctx),
        postLogoutSuccessSource: (ctx) => pages.signedOut(ctx),
      },
      backchannelLogout: { enabled: true },
      introspection: {
        enabled: true,
        // What runs in a browser or on a phone may ask about its own tokens, a server about all of the project. Of
        // an account that may not be used at this moment no token is active.
        allowedPolicy: async (ctx, client, token) =>
          (client.clientAuthMethod !== 'none' || token.clientId === client.clientId) &&
          (!('accountId' in token && token.accountId) || !!(await findAccount(ctx, token.accountId))),
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
    },
  };
}

/** The origins that an app's pages call us from: those of a single-page app, and no other's. */
export function browserOrigins(client: ClientMetadata): string[] {
  const runsInBrowser = client.token_endpoint_auth_method === 'none' && client.application_type !== 'native';
  if (!runsInBrowser) return [];
  return (client.redirect_uris ?? []).map((uri) => new URL(uri).origin);
}
