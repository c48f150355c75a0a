import type { MiddlewareHandler } from 'hono';
import { forgedRequest, notJSON } from './errors.ts';
import type { PortalEnv } from './http.ts';

/**
 * Lets only requests pass that a page of the portal sent: browsers name the sender of every POST in `Origin`
 * (RFC 6454), and newer ones tell its relation to us in `Sec-Fetch-Site`; a page can set neither. As JSON, for
 * no form of another site can send that.
 * @throws Forbidden `ForgedRequest`; Invalid `UnsupportedMediaType`
 */
export const requireOwnJSON: MiddlewareHandler<PortalEnv> = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (c.req.header('origin') !== c.get('project').origin) throw forgedRequest();
  if (site !== undefined && site !== 'same-origin') throw forgedRequest();
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw notJSON();
  return next();
};
