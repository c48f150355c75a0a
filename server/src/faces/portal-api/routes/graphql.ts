import { Hono } from 'hono';
import type { PortalApiDeps } from '../deps.ts';
import { noSuchProject } from '../errors.ts';
import type { PortalEnv } from '../http.ts';

/** The Admin API of a project, with the operator's session in place of a key. */
export function graphqlRoutes({ adminApi, projects }: PortalApiDeps): Hono<PortalEnv> {
  const routes = new Hono<PortalEnv>();
  routes.post('/portal/api/:projectID/graphql', async (c) => {
    const { user, passwordProvedAt } = c.get('signedIn');
    const projectID = c.req.param('projectID');
    const role = await projects.collaborators.roleOf(projectID, user.id);
    const project = role && (await projects.find(projectID));
    if (!role || !project) throw noSuchProject();
    const operator = { userID: user.id, role, passwordProvedAt };
    return (await adminApi()).handleAsOperator(c.req.raw, project, operator, c.get('origin'));
  });
  return routes;
}
