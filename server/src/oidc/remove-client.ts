import { type Acting, recordAudit } from '../audit/index.ts';
import { changeProject, type Project } from '../projects/index.ts';
import { sessionStore } from '../sessions/index.ts';
import { clientStore } from './client-store.ts';
import type { ClientDeps } from './deps.ts';
import { clientNotFound } from './errors.ts';
import { grantStore } from './grant-store.ts';

/**
 * Removes an app, and in the same transaction what users granted to it and its part of their sessions, which
 * otherwise go on. Its tokens and codes are void from the next request on, those of no user as well: a token
 * is good only for an app that exists.
 *
 * @throws NotFound `ClientNotFound`, also for the built-in apps
 */
export function removeClient(
  deps: Pick<ClientDeps, 'database' | 'clock'>,
  project: Pick<Project, 'id'>,
  clientID: string,
  acting: Acting,
): Promise<void> {
  return changeProject(deps, project, async (tx) => {
    const client = await clientStore(tx).remove(clientID);
    if (!client) throw clientNotFound();
    await grantStore(tx).removeOfClient(clientID);
    await sessionStore(tx).removeClient(clientID);
    await recordAudit(tx, deps.clock, {
      activityType: 'CLIENT_DELETED',
      acting,
      data: { client_id: clientID, name: client.name, type: client.type },
    });
  });
}
