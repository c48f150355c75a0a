import { Hono } from 'hono';
import { portalSessionStore } from '../../../sessions/index.ts';
import { forgetSessionID } from '../cookies.ts';
import type { PortalApiDeps } from '../deps.ts';
import type { PortalEnv } from '../http.ts';

/** Signs out: the portal's session and the login session it came from end together. */
export function logoutRoutes({ database, oidc }: PortalApiDeps): Hono<PortalEnv> {
  const routes = new Hono<PortalEnv>();
  routes.post('/portal/api/logout', async (c) => {
    const home = c.get('project');
    const { idHash, sessionUID } = c.get('signedIn');
    await portalSessionStore(database.forProject(home.id)).remove(idHash);
    await oidc.endSession(home, sessionUID, c.get('origin'));
    forgetSessionID(c);
    return c.json({});
  });
  return routes;
}
