import { Hono } from 'hono';
import { recordAudit } from '../../../audit/index.ts';
import { verifyPassword } from '../../../passwords/index.ts';
import { portalSessionStore } from '../../../sessions/index.ts';
import type { PortalApiDeps } from '../deps.ts';
import { invalidBody, wrongPassword } from '../errors.ts';
import type { PortalContext, PortalEnv } from '../http.ts';
import { readJSON } from '../read-json.ts';

/** Proves the operator's password once more; what comes of it counts for acts of weight. */
export function reauthenticateRoutes(deps: PortalApiDeps): Hono<PortalEnv> {
  const routes = new Hono<PortalEnv>();
  routes.post('/portal/api/reauthenticate', async (c) => {
    const { user, idHash } = c.get('signedIn');
    const home = c.get('project');
    const db = deps.database.forProject(home.id);
    const password = await readPassword(c);
    const tried = { userID: user.id, account: user.id, password };
    const verdict = await verifyPassword(db, { ...deps, project: home }, tried, c.get('origin'));
    if (!verdict.ok) {
      await recordAudit(db, deps.clock, {
        activityType: 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED',
        userID: user.id,
        acting: { actor: { type: 'operator', userID: user.id }, origin: c.get('origin') },
      });
      throw wrongPassword();
    }
    await portalSessionStore(db).passwordProved(idHash, deps.clock.now());
    return c.json({});
  });
  return routes;
}

async function readPassword(c: PortalContext): Promise<string> {
  const { password } = await readJSON(c);
  if (typeof password !== 'string') throw invalidBody('"password" must be a string');
  return password;
}
