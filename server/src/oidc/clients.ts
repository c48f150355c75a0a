import type { Project } from '../projects/index.ts';
import { clientStore, type StoredClient } from './client-store.ts';
import { createClient } from './create-client.ts';
import type { OidcDeps } from './deps.ts';
import type { Client, Clients } from './model.ts';

const withoutSecret = ({ secretSealed: _sealed, ...client }: StoredClient): Client => client;

/** The apps of one project. */
export function clientsOf(
  deps: Pick<OidcDeps, 'database' | 'clock' | 'secrets'>,
  project: Pick<Project, 'id'>,
): Clients {
  const store = clientStore(deps.database.forProject(project.id));
  return {
    create: (input, acting) => createClient(deps, project, input, acting),
    list: async () => (await store.list()).map(withoutSecret),
    async find(clientID) {
      const found = await store.find(clientID);
      return found && withoutSecret(found);
    },
  };
}
