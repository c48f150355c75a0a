import type { MiddlewareHandler } from 'hono';
import type { Config } from '../../platform/config.ts';
import type { PortalEnv } from './http.ts';

/**
 * Leads a browser that came by another loopback name to the one the portal signs in under: cookies of
 * `127.0.0.1` are not those of `localhost`. Where a proxy chose the name, it is the proxy's to choose.
 */
export const underOneName =
  (config: Config): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    const { origin } = c.get('project');
    const asked = new URL(c.req.url);
    const isOther = asked.hostname !== new URL(origin).hostname;
    if (config.publicOrigin || c.req.header('x-forwarded-host') || !isOther) return next();
    return c.redirect(origin + asked.pathname + asked.search, 307);
  };
