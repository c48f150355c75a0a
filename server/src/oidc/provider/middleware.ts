import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Log } from '../../platform/log.ts';
import type { Project } from '../../projects/index.ts';
import { cookieNames } from '../cookies.ts';
import { requestScope } from '../request-scope.ts';
import { limitClientFailures } from './limit-client-failures.ts';
import { isPublic } from './routes.ts';
import type { ShownPages } from './show-page.ts';

type Next = () => Promise<void>;
type Middleware = (ctx: KoaContextWithOIDC, next: Next) => Promise<void>;

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/** Headers of every answer; pages bring a policy of their own. The library adds the hash of its one script. */
const SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Answers a failure of ours, which the library could not put into a protocol's words, and logs it. */
const catchFailures =
  (log: Log, pages: ShownPages): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      log.error({ err: error, route: ctx.oidc?.route }, 'OpenID Connect failed');
      ctx.status = 500;
      await pages.protocolError(ctx, { error: 'server_error' });
    }
  };

const setSecurityHeaders =
  (project: Project): Middleware =>
  async (ctx, next) => {
    ctx.set(SECURITY_HEADERS);
    if (project.origin.startsWith('https:')) {
      ctx.set('Strict-Transport-Security', `max-age=${YEAR_IN_SECONDS}`);
    }
    await next();
  };

/**
 * Lets a page of another origin read an answer only where it is a single-page app of the project. The library
 * judges by the app that a request names, so it says yes to whoever names none, as in each preflight.
 */
const restrictOrigins =
  (origins: ReadonlySet<string>): Middleware =>
  async (ctx, next) => {
    await next();
    const origin = ctx.get('Origin');
    if (origin === '' || isPublic(ctx.path) || origins.has(origin)) return;
    for (const name of Object.keys(ctx.response.headers)) {
      if (name.toLowerCase().startsWith('access-control-')) ctx.remove(name);
    }
  };

/** Keeps the cookie of a session that could not be written from the browser. */
const dropRefusedSession =
  (project: Project): Middleware =>
  async (ctx, next) => {
    await next();
    if (!requestScope().sessionRefused) return;
    const start = `${cookieNames(project).session}=`;
    const kept = ctx.response.headers['set-cookie'];
    const cookies = (Array.isArray(kept) ? kept : [kept]).filter(
      (cookie): cookie is string => typeof cookie === 'string' && !cookie.startsWith(start),
    );
    ctx.remove('Set-Cookie');
    if (cookies.length > 0) ctx.set('Set-Cookie', cookies);
  };

/** Where nobody is signed in, there is nothing to ask: the browser goes where the app wants it after a logout. */
const skipEmptyLogout: Middleware = async (ctx, next) => {
  await next();
  const { session, route } = ctx.oidc ?? {};
  if (route !== 'end_session' || ctx.status !== 200 || !session || session.accountId !== undefined) return;
  const { postLogoutRedirectUri: target, state } = session.state ?? {};
  const url = new URL(typeof target === 'string' ? target : ctx.oidc.urlFor('end_session_success'));
  if (typeof target === 'string' && typeof state === 'string') url.searchParams.set('state', state);
  ctx.status = 303;
  ctx.redirect(url.href);
};

/**
 * Says `unauthorized_client` (RFC 6749, section 5.2) where an app asks for a token in a way that is not for apps
 * of its type; the library says `invalid_request`.
 */
const nameUnauthorizedClient: Middleware = async (ctx, next) => {
  await next();
  const { client, params, route } = ctx.oidc ?? {};
  if (route !== 'token' || ctx.status !== 400 || !client || !isError(ctx.body, 'invalid_request')) return;
  const grantType = params?.grant_type;
  if (typeof grantType !== 'string' || client.grantTypeAllowed(grantType)) return;
  ctx.body = { ...ctx.body, error: 'unauthorized_client' };
};

const isError = (body: unknown, error: string): body is { error: string } =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === error;

const showNotFound =
  (pages: ShownPages): Middleware =>
  async (ctx, next) => {
    await next();
    if (ctx.status === 404 && ctx.body === undefined) await pages.notFound(ctx);
  };

interface Surroundings {
  project: Project;
  pages: ShownPages;
  /** Where single-page apps of the project run. */
  origins: ReadonlySet<string>;
  log: Log;
  limits: Parameters<typeof limitClientFailures>[0];
}

/** What stands around the library, the outermost first. */
export const middlewareOf = ({ project, pages, origins, log, limits }: Surroundings): Middleware[] => [
  setSecurityHeaders(project),
  catchFailures(log, pages),
  restrictOrigins(origins),
  dropRefusedSession(project),
  limitClientFailures(limits),
  skipEmptyLogout,
  nameUnauthorizedClient,
  showNotFound(pages),
];
