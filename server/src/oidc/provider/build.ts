import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { acceptsSignup, type Project } from '../../projects/index.ts';
import { builtInClients, clientMetadata } from '../client-metadata.ts';
import { clientStore } from '../client-store.ts';
import type { OidcDeps } from '../deps.ts';
import { loadLibrary } from '../library.ts';
import { grantClientCredentials } from './client-credentials.ts';
import { browserOrigins, providerConfiguration } from './configuration.ts';
import { middlewareOf } from './middleware.ts';
import { createShownPages } from './show-page.ts';

/** OpenID Connect for one project, as of one revision of it. */
export interface ProjectProvider {
  provider: Provider;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Takes host and protocol from the project's origin, whatever the request says of them. */
function pinOrigin(provider: Provider, project: Project): void {
  const { protocol, host } = new URL(project.origin);
  Object.defineProperties(provider.request, {
    protocol: { get: () => protocol.slice(0, -1) },
    host: { get: () => host },
  });
}

/**
 * Keeps the library from telling apps of a logout itself, which would hold up the browser and be lost with the
 * process: the end of a session, by whichever way, is told by a job of its own transaction.
 */
function leaveAnnouncementsToJobs(provider: Provider): void {
  Object.assign(provider.Client.prototype, { backchannelLogout: async () => {} });
}

/** Builds it from what the database says now: signing keys and apps. */
export async function buildProvider(deps: OidcDeps, project: Project): Promise<ProjectProvider> {
  const { database, secrets, projects, log } = deps;
  const db = database.forProject(project.id);
  const [library, keys, stored, settings] = await Promise.all([
    loadLibrary(),
    projects.signingKeys(project).jwks(),
    clientStore(db).list(),
    projects.settings(project),
  ]);
  const clients = [
    ...builtInClients(project),
    ...stored.map((client) => clientMetadata(secrets, project, client)),
  ];
  const pages = createShownPages(deps.pages, project);
  const jwks = { keys };
  const withSignup = acceptsSignup(settings.login);
  const provider = new library.Provider(
    project.origin,
    providerConfiguration(deps, { library, project, db, jwks, clients, pages, withSignup }),
  );
  pinOrigin(provider, project);
  leaveAnnouncementsToJobs(provider);
  grantClientCredentials(library, provider);
  const origins = new Set(clients.flatMap(browserOrigins));
  for (const middleware of middlewareOf({ project, pages, origins, log, limits: { ...deps, db } }))
    provider.use(middleware);
  provider.on('server_error', (ctx, error) => {
    log.error({ err: error, project: project.id, route: ctx.oidc.route }, 'OpenID Connect failed');
  });
  return { provider, answer: provider.callback() };
}
