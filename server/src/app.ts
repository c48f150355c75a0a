import { randomUUID } from 'node:crypto';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Capabilities } from './capabilities.ts';
import type { AdminApi } from './faces/admin-api/index.ts';
import type { HostedPages, PageEnv, RenderedPage, StandalonePages } from './faces/hosted-pages/index.ts';
import type { PortalApi } from './faces/portal-api/index.ts';
import type { Oidc } from './oidc/index.ts';
import { databaseAnswers } from './platform/database/index.ts';
import { type ErrorKind, HTTP_STATUS, type LatchkeyError, UNEXPECTED } from './platform/errors.ts';
import { requestSource, trustedProxies } from './platform/http/client.ts';
import { unknownHost } from './platform/http/errors.ts';
import { HOME, type Project } from './projects/index.ts';

/** The parts that answer requests. */
export interface Faces {
  /** Stylesheet and script of the hosted pages. */
  pageAssets: Hono;
  hostedPages: HostedPages;
  standalonePages: StandalonePages;
  oidc: Oidc;
  /** Loaded at its first request: most processes of a small team never see one. */
  adminApi(): Promise<AdminApi>;
  portalApi: PortalApi;
}

export interface AppDeps extends Pick<Capabilities, 'config' | 'database' | 'log' | 'projects'>, Faces {
  /** Whether the server takes requests: false once it is stopping. */
  isServing(): boolean;
}

type AppContext = Context<PageEnv>;

/** Puts what answers requests under the paths of one origin per project, in the order they are tried. */
export function createApp(deps: AppDeps): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const { hostedPages, standalonePages, oidc } = deps;

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', readiness(deps));
  app.use(logRequests(deps));
  // They belong to no project: the page that says so of a host is dressed in them too.
  app.route('/', deps.pageAssets);
  app.use(findProject(deps));

  app.all('/_api/admin/graphql', async (c) =>
    (await deps.adminApi()).handleWithKey(c.req.raw, c.get('project'), c.get('origin')),
  );

  const toOidc = async (c: AppContext): Promise<Response> => {
    await oidc.handle(c.get('project'), c.env.incoming, c.env.outgoing, c.get('origin'));
    return RESPONSE_ALREADY_SENT;
  };
  app.all('/.well-known/openid-configuration', toOidc);
  app.all('/oauth2/*', toOidc);

  app.use('/portal/*', onlyHome);
  app.route('/', deps.portalApi);

  app.get('/', (c) => c.redirect(c.get('project').id === HOME ? '/portal/' : '/settings', 303));
  app.route('/', hostedPages);

  app.notFound(async (c) => sendPage(c, 404, await standalonePages.notFound(audienceOf(c))));
  app.onError(async (error, c) => {
    const id = randomUUID();
    deps.log.error({ err: error, id, path: c.req.path }, 'unexpected error');
    if (wantsJSON(c)) {
      const info = { error_id: id };
      return c.json({ error: { ...UNEXPECTED, info } }, HTTP_STATUS.InternalError);
    }
    // In nobody's looks: what failed may be the very thing that would tell them.
    const audience = { ...audienceOf(c), project: undefined };
    const back = c.req.method === 'GET' ? c.req.path : '/';
    return sendPage(c, 500, await standalonePages.failed(audience, { id, back }));
  });
  return app;
}

/** Ready is: taking requests, and the database answers. */
function readiness({ database, isServing }: AppDeps): (c: AppContext) => Promise<Response> {
  return async (c) => {
    const ready = isServing() && (await databaseAnswers(database));
    return c.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503);
  };
}

/** One line a request, without query: a query can hold codes and tokens. */
function logRequests({ log }: AppDeps): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    const start = performance.now();
    await next();
    if (!log.isLevelEnabled('debug')) return;
    const ms = Math.round(performance.now() - start);
    log.debug({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request');
  };
}

/** Finds whose host was asked, and who asks from where. A host that no project owns gets 421 (RFC 9110). */
function findProject({ config, projects, standalonePages }: AppDeps): MiddlewareHandler<PageEnv> {
  const proxies = trustedProxies(config.trustedProxies);
  return async (c, next) => {
    let source: ReturnType<typeof requestSource>;
    try {
      source = requestSource(c.env.incoming, proxies);
    } catch (error) {
      return refuse(c, error as LatchkeyError);
    }
    const project = await projects.byHost(source.host);
    if (!project) {
      return wantsJSON(c)
        ? refuse(c, unknownHost(), 421)
        : sendPage(c, 421, await standalonePages.misdirected(audienceOf(c)));
    }
    c.set('project', project);
    c.set('origin', { ipAddress: source.ipAddress, userAgent: c.req.header('user-agent') });
    return next();
  };
}

/** The portal stands on the home project's origin only; elsewhere its paths are nobody's. */
const onlyHome: MiddlewareHandler<PageEnv> = async (c, next) =>
  c.get('project').id === HOME ? next() : c.notFound();

const refuse = (
  c: AppContext,
  { kind, reason, message }: LatchkeyError,
  status: 421 | (typeof HTTP_STATUS)[ErrorKind] = HTTP_STATUS[kind],
): Response => c.json({ error: { kind, reason, message } }, status);

const wantsJSON = (c: AppContext): boolean => !(c.req.header('accept') ?? '').includes('text/html');

const audienceOf = (c: AppContext) => ({
  project: c.get('project') as Project | undefined,
  acceptLanguage: c.req.header('accept-language'),
});

const sendPage = (c: AppContext, status: 404 | 421 | 500, page: RenderedPage): Response =>
  c.body(page.html, status, page.headers);
