import { type Acting, recordAudit } from '../audit/index.ts';
import { changeProject, type Project } from '../projects/index.ts';
import { hasSecret } from './client-metadata.ts';
import { makeClientSecret } from './client-secret.ts';
import { clientStore } from './client-store.ts';
import type { ClientDeps } from './deps.ts';
import { clientHasNoSecret, clientNotFound } from './errors.ts';

/**
 * Gives an app another secret, in one transaction with the audit entry and the project's new revision. The one
 * before is good for nothing from the next request on; tokens that were issued to the app stay.
 *
 * @returns the secret, which is shown this once
 * @throws NotFound `ClientNotFound`; Invalid `ClientHasNoSecret` for an app that could not keep one
 */
export function rotateClientSecret(
  deps: ClientDeps,
  project: Pick<Project, 'id'>,
  clientID: string,
  acting: Acting,
): Promise<{ clientSecret: string }> {
  const { clock, secrets } = deps;
  return changeProject(deps, project, async (tx) => {
    const store = clientStore(tx);
    const client = await store.find(clientID);
    if (!client) throw clientNotFound();
    if (!hasSecret(client.type)) throw clientHasNoSecret(client.type);
    const secret = makeClientSecret(secrets, project, clientID);
    await store.setSecret(clientID, secret.sealed, clock.now());
    await recordAudit(tx, clock, {
      activityType: 'CLIENT_SECRET_ROTATED',
      acting,
      data: { client_id: clientID, name: client.name },
    });
    return { clientSecret: secret.value };
  });
}
