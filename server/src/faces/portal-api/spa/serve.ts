import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { isSecure, type PortalContext, type PortalEnv } from '../http.ts';
import type { BuiltPortal } from './built-portal.ts';
import { portalHeaders } from './headers.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/** Serves the portal's page under every address of the portal, and the files of its build. */
export function spaRoutes(portal: BuiltPortal): Hono<PortalEnv> {
  const routes = new Hono<PortalEnv>();

  routes.get('/portal', (c) => c.redirect('/portal/', 308));

  // The names of these hold a hash of what is in them.
  routes.get('/portal/assets/*', compress(), async (c) => {
    const file = await portal.file(c.req.path.slice('/portal/'.length));
    if (!file) return c.text('There is no such file.', 404, { 'Cache-Control': 'no-store' });
    return c.body(file.body, 200, {
      'Content-Type': file.type,
      'Cache-Control': FOREVER,
      'X-Content-Type-Options': 'nosniff',
    });
  });

  routes.get('/portal/*', (c) => {
    const nonce = randomBytes(16).toString('base64');
    return c.body(portal.page(nonce), 200, portalHeaders({ nonce, secure: isSecure(c as PortalContext) }));
  });

  return routes;
}
