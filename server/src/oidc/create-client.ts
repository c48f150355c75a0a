import { randomBytes } from 'node:crypto';
import { type Acting, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import { randomToken } from '../platform/ids.ts';
import type { Secrets } from '../platform/secrets.ts';
import { changeProject, type Project } from '../projects/index.ts';
import { clientSecretPurpose, hasSecret } from './client-metadata.ts';
import { clientStore } from './client-store.ts';
import { invalidClientName, invalidClientType, invalidRedirectURI } from './errors.ts';
import { CLIENT_TYPES, type NewClient } from './model.ts';
import { checkRedirectURIs } from './redirect-uris.ts';

const LONGEST_NAME = 100;

/** Checks what an app is to be made from, and returns it in its stored form. */
function checkNewClient(input: NewClient): Required<NewClient> {
  const name = input.name.trim();
  if (name === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
    throw invalidClientName(LONGEST_NAME);
  if (!CLIENT_TYPES.includes(input.type)) throw invalidClientType(input.type);
  const redirectURIs = checkRedirectURIs(input.type, input.redirectURIs);
  const postLogoutRedirectURIs = checkRedirectURIs(input.type, input.postLogoutRedirectURIs ?? []);
  const signsIn = input.type !== 'm2m';
  if (signsIn && redirectURIs.length === 0) {
    throw invalidRedirectURI('give at least one redirect URI: where the app takes up the sign-in again');
  }
  if (!signsIn && redirectURIs.length + postLogoutRedirectURIs.length > 0) {
    throw invalidRedirectURI('an m2m app signs nobody in: leave its redirect URIs out');
  }
  return { name, type: input.type, redirectURIs, postLogoutRedirectURIs };
}

/**
 * Makes an app: its row, the audit entry and the project's new revision in one transaction.
 *
 * @returns its id, and the secret of a `web` or `m2m` app, which is shown this once
 * @throws Invalid `InvalidClientName`, `InvalidClientType`, `InvalidRedirectURI`
 */
export async function createClient(
  deps: { database: Database; clock: Clock; secrets: Secrets },
  project: Pick<Project, 'id'>,
  input: NewClient,
  acting: Acting,
): Promise<{ clientID: string; clientSecret?: string }> {
  const { clock, secrets } = deps;
  const checked = checkNewClient(input);
  const clientID = randomBytes(8).toString('hex');
  const clientSecret = hasSecret(checked.type) ? randomToken(32) : undefined;
  const secretSealed =
    clientSecret === undefined ? null : secrets.seal(clientSecretPurpose(project.id, clientID), clientSecret);
  await changeProject(deps, project, async (tx) => {
    const now = clock.now();
    await clientStore(tx).insert({ clientID, ...checked, secretSealed, createdAt: now, updatedAt: now });
    await recordAudit(tx, clock, {
      activityType: 'CLIENT_CREATED',
      acting,
      data: {
        client_id: clientID,
        name: checked.name,
        type: checked.type,
        redirect_uris: checked.redirectURIs,
        post_logout_redirect_uris: checked.postLogoutRedirectURIs,
      },
    });
  });
  return { clientID, clientSecret };
}
