import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { HTTP_STATUS, LatchkeyError, UNEXPECTED } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { HOME } from '../../projects/index.ts';
import type { PortalApiDeps } from './deps.ts';
import { noSuchEndpoint } from './errors.ts';
import type { PortalContext, PortalEnv } from './http.ts';
import { underOneName } from './one-name.ts';
import { requireOwnJSON } from './require-own-json.ts';
import { requireSignedIn } from './require-signed-in.ts';
import { graphqlRoutes } from './routes/graphql.ts';
import { logoutRoutes } from './routes/logout.ts';
import { meRoutes } from './routes/me.ts';
import { projectRoutes } from './routes/projects.ts';
import { reauthenticateRoutes } from './routes/reauthenticate.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { loadPortal } from './spa/built-portal.ts';
import { spaRoutes } from './spa/serve.ts';

export type PortalApi = Hono<PortalEnv>;

/**
 * Puts together what answers below `/portal`, in the home project only. The app mounts it at `/` behind a
 * step that sets `project` (found by the host) and `origin` (who asks).
 */
export function createPortalApi(deps: PortalApiDeps): PortalApi {
  const app = new Hono<PortalEnv>();
  app.onError((error, c) => presentError(deps.log, c, error));
  app.use('/portal/*', async (c, next) => (c.get('project').id === HOME ? next() : c.notFound()));

  app.use('/portal/api/*', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  app.on('POST', '/portal/api/*', requireOwnJSON);
  app.use('/portal/api/*', requireSignedIn(deps));
  app.route('/', meRoutes(deps));
  app.route('/', logoutRoutes(deps));
  app.route('/', reauthenticateRoutes(deps));
  app.route('/', projectRoutes(deps));
  app.route('/', graphqlRoutes(deps));
  app.all('/portal/api/*', () => {
    throw noSuchEndpoint();
  });

  app.get('/portal/*', underOneName(deps.config));
  app.route('/', signInRoutes(deps));
  app.route('/', spaRoutes(loadPortal(deps.folder)));
  return app;
}

/** Our errors say what they are; of an unexpected one only the id under which the log has it. */
function presentError(log: Log, c: PortalContext, error: Error): Response {
  if (error instanceof LatchkeyError) {
    const { kind, reason, message, info } = error;
    const wait = info?.retry_after_seconds;
    if (typeof wait === 'number') c.header('Retry-After', String(wait));
    return c.json(
      { error: { kind, reason, message, info } },
      reason === 'UnsupportedMediaType' ? 415 : HTTP_STATUS[kind],
    );
  }
  const errorID = randomUUID();
  log.error({ err: error, errorID, path: c.req.routePath }, 'unexpected error in the portal');
  const info = { error_id: errorID };
  return c.json({ error: { ...UNEXPECTED, info } }, HTTP_STATUS.InternalError);
}
