import type { Project } from '../projects/index.ts';
import { clientStore, type StoredClient } from './client-store.ts';
import { createClient } from './create-client.ts';
import type { ClientDeps } from './deps.ts';
import type { Client, Clients } from './model.ts';
import { removeClient } from './remove-client.ts';
import { rotateClientSecret } from './rotate-secret.ts';
import { updateClient } from './update-client.ts';

const withoutSecret = ({ secretSealed: _sealed, ...client }: StoredClient): Client => client;

/** The apps of one project. */
export function clientsOf(deps: ClientDeps, project: Pick<Project, 'id'>): Clients {
  const store = clientStore(deps.database.forProject(project.id));
  return {
    create: (input, acting) => createClient(deps, project, input, acting),
    update: (clientID, changes, acting) => updateClient(deps, project, clientID, changes, acting),
    remove: (clientID, acting) => removeClient(deps, project, clientID, acting),
    rotateSecret: (clientID, acting) => rotateClientSecret(deps, project, clientID, acting),
    list: async () => (await store.list()).map(withoutSecret),
    async find(clientID) {
      const found = await store.find(clientID);
      return found && withoutSecret(found);
    },
  };
}
