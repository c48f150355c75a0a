import { randomBytes } from 'node:crypto';
import { type Acting, recordAudit } from '../audit/index.ts';
import { changeProject, type Project } from '../projects/index.ts';
import { checkClient } from './check-client.ts';
import { describeClient } from './client-audit.ts';
import { hasSecret } from './client-metadata.ts';
import { makeClientSecret } from './client-secret.ts';
import { clientStore } from './client-store.ts';
import type { ClientDeps } from './deps.ts';
import type { NewClient } from './model.ts';

/**
 * Makes an app: its row, the audit entry and the project's new revision in one transaction.
 *
 * @returns its id, and the secret of a `web` or `m2m` app, which is shown this once
 * @throws Invalid `InvalidClientName`, `InvalidClientType`, `InvalidRedirectURI`, `InvalidClientURI`
 */
export async function createClient(
  deps: ClientDeps,
  project: Pick<Project, 'id'>,
  input: NewClient,
  acting: Acting,
): Promise<{ clientID: string; clientSecret?: string }> {
  const { clock, secrets } = deps;
  const checked = checkClient(input);
  const clientID = randomBytes(8).toString('hex');
  const secret = hasSecret(checked.type) ? makeClientSecret(secrets, project, clientID) : undefined;
  await changeProject(deps, project, async (tx) => {
    const now = clock.now();
    const secretSealed = secret?.sealed ?? null;
    await clientStore(tx).insert({ clientID, ...checked, secretSealed, createdAt: now, updatedAt: now });
    await recordAudit(tx, clock, {
      activityType: 'CLIENT_CREATED',
      acting,
      data: { client_id: clientID, type: checked.type, ...describeClient(checked) },
    });
  });
  return { clientID, clientSecret: secret?.value };
}
