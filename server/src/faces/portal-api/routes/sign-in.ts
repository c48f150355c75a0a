import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { LatchkeyError } from '../../../platform/errors.ts';
import { randomToken, safeEqual, sha256 } from '../../../platform/ids.ts';
import { ipKey, type RateLimit } from '../../../platform/rate-limits/index.ts';
import { portalSessionStore } from '../../../sessions/index.ts';
import { readSessionID, takePending, writePending, writeSessionID } from '../cookies.ts';
import type { PortalApiDeps, ProvedSignIn } from '../deps.ts';
import type { PortalContext, PortalEnv } from '../http.ts';
import { findSignedIn } from '../require-signed-in.ts';
import { PORTAL_START, returnAddress } from '../return-address.ts';

/** The built-in client that the portal is. */
const CLIENT_ID = 'portal';
const CALLBACK = '/portal/callback';
/** An operator signs in at least once in this time; the login session may end the portal's earlier. */
const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1_000;
/** Sign-ins that come back from one address with a code. */
const SIGN_INS: RateLimit = { name: 'portal_sign_ins_per_ip', max: 300, windowMs: 5 * 60_000 };

/** Signs operators in as any app would: authorization code with PKCE (RFC 6749, RFC 7636). */
export function signInRoutes(deps: PortalApiDeps): Hono<PortalEnv> {
  const { clock, database, oidc, pages } = deps;
  const routes = new Hono<PortalEnv>();
  const redirectURI = (c: PortalContext): string => c.get('project').origin + CALLBACK;

  routes.get('/portal/login', (c) => {
    const pending = {
      state: randomToken(),
      codeVerifier: randomToken(),
      to: returnAddress(c.req.query('to')),
    };
    writePending(c, pending);
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: redirectURI(c),
      state: pending.state,
      code_challenge: createHash('sha256').update(pending.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return c.redirect(`/oauth2/authorize?${query}`, 303);
  });

  routes.get(CALLBACK, async (c) => {
    const pending = takePending(c);
    const { state = '', code, error, error_description: description } = c.req.query();
    if (!pending || !safeEqual(pending.state, state)) return startAgain(c);
    if (code === undefined) return refuse(c, error ?? 'invalid_request', description);
    const seconds = await secondsToWait(c);
    if (seconds > 0) return tooMany(c, seconds);
    const proved = await redeem(c, code, pending.codeVerifier);
    if (!proved || !(await openSession(c, proved))) return refuse(c, 'invalid_grant');
    return c.redirect(returnAddress(pending.to), 303);
  });

  /** Counts a sign-in; 0 where it may go on. */
  async function secondsToWait(c: PortalContext): Promise<number> {
    const origin = c.get('origin');
    const use = { limit: SIGN_INS, of: ipKey(origin.ipAddress) };
    try {
      await deps.rateLimits.use(database.forProject(c.get('project').id), [use], { origin });
      return 0;
    } catch (error) {
      if (error instanceof LatchkeyError) return Number(error.info?.retry_after_seconds);
      throw error;
    }
  }

  function tooMany(c: PortalContext, seconds: number): Promise<Response> {
    c.header('Retry-After', String(seconds));
    const minutes = Math.ceil(seconds / 60);
    return refuse(c, 'temporarily_unavailable', `too many sign-ins: try again in ${minutes} minutes`, 429);
  }

  async function redeem(
    c: PortalContext,
    code: string,
    codeVerifier: string,
  ): Promise<ProvedSignIn | undefined> {
    try {
      return await oidc.redeemCode(c.get('project'), {
        clientID: CLIENT_ID,
        code,
        codeVerifier,
        redirectURI: redirectURI(c),
      });
    } catch (error) {
      if (error instanceof LatchkeyError && error.kind === 'Invalid') return undefined;
      throw error;
    }
  }

  /** Always under a new id, so that nobody can have known it before. False where the login session has ended. */
  async function openSession(
    c: PortalContext,
    { authenticatedAt, ...proved }: ProvedSignIn,
  ): Promise<boolean> {
    const id = randomToken();
    const former = readSessionID(c);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS);
    const isOpen = await database.forProject(c.get('project').id).transaction(async (tx) => {
      const store = portalSessionStore(tx);
      await store.removeExpired(now);
      if (former !== undefined) await store.remove(sha256(former));
      return store.insert(sha256(id), { ...proved, passwordProvedAt: authenticatedAt, expiresAt }, now);
    });
    if (isOpen) writeSessionID(c, id);
    return isOpen;
  }

  /** The callback of another sign-in than the last one of this browser: an old tab, a forged link, the way back. */
  async function startAgain(c: PortalContext): Promise<Response> {
    const signedIn = await findSignedIn(deps, c);
    return c.redirect(signedIn ? PORTAL_START : '/portal/login', 303);
  }

  async function refuse(
    c: PortalContext,
    error: string,
    description?: string,
    status: 400 | 429 = 400,
  ): Promise<Response> {
    const audience = { project: c.get('project'), acceptLanguage: c.req.header('accept-language') };
    const page = await pages.protocolError(audience, { error, description });
    return c.body(page.html, status, page.headers);
  }

  return routes;
}
