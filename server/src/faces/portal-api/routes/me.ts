import { Hono } from 'hono';
import packageJSON from '../../../../../package.json' with { type: 'json' };
import { mailRoute } from '../../../messages/index.ts';
import { globalID } from '../../../platform/ids.ts';
import { type Collaborator, HOME } from '../../../projects/index.ts';
import { formattedName, userStore } from '../../../users/index.ts';
import type { PortalApiDeps } from '../deps.ts';
import type { PortalEnv } from '../http.ts';

/** Who is signed in, and what they may reach. */
export function meRoutes(deps: PortalApiDeps): Hono<PortalEnv> {
  const { config, database, projects } = deps;
  const routes = new Hono<PortalEnv>();

  const describeProject = async ({ projectID, role }: Collaborator) => {
    const project = await projects.get(projectID);
    const mail = mailRoute(config, await projects.settings(project));
    return { id: project.id, name: project.name, origin: project.origin, role, mail };
  };

  routes.get('/portal/api/me', async (c) => {
    const { user } = c.get('signedIn');
    const identities = await userStore(database.forProject(HOME)).identitiesOf(user.id);
    const collaborations = await projects.collaborators.projectsOf(user.id);
    const ownsHome = collaborations.some(({ projectID, role }) => projectID === HOME && role === 'owner');
    return c.json({
      operator: {
        id: globalID('User', user.id),
        name: formattedName(user, identities),
        email: identities.find(({ type }) => type === 'email')?.original ?? null,
      },
      projects: await Promise.all(collaborations.map(describeProject)),
      createsProjects: ownsHome,
      readsMailbox: ownsHome && !config.production,
      version: packageJSON.version,
    });
  });
  return routes;
}
