import { Hono } from 'hono';
import { HOME } from '../../../projects/index.ts';
import type { PortalApiDeps } from '../deps.ts';
import { invalidBody, mayNotCreateProjects } from '../errors.ts';
import type { PortalEnv } from '../http.ts';
import { readJSON } from '../read-json.ts';

/** Makes projects, for owners of the home project; who makes one owns it. */
export function projectRoutes({ projects }: PortalApiDeps): Hono<PortalEnv> {
  const routes = new Hono<PortalEnv>();
  routes.post('/portal/api/projects', async (c) => {
    const { user } = c.get('signedIn');
    if ((await projects.collaborators.roleOf(HOME, user.id)) !== 'owner') throw mayNotCreateProjects();
    const { name, origin } = await readJSON(c);
    if (typeof name !== 'string') throw invalidBody('"name" must be a string');
    if (origin !== undefined && typeof origin !== 'string') {
      throw invalidBody('"origin" must be a string, or left out');
    }
    const actor = { type: 'operator', userID: user.id } as const;
    const input = { name, origin: origin?.trim() || undefined, ownerID: user.id };
    const { id } = await projects.create(input, { actor, origin: c.get('origin') });
    return c.json({ projectID: id });
  });
  return routes;
}
