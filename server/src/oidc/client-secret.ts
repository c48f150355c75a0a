import { randomToken } from '../platform/ids.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Project } from '../projects/index.ts';

const SECRET_BYTES = 32;

/** A secret opens only as that of this app in this project. */
export const clientSecretPurpose = (projectID: string, clientID: string): string =>
  `client-secret:${projectID}:${clientID}`;

/** Makes a secret for an app: as it is shown once, and as it is kept. */
export function makeClientSecret(
  secrets: Secrets,
  project: Pick<Project, 'id'>,
  clientID: string,
): { value: string; sealed: string } {
  const value = randomToken(SECRET_BYTES);
  return { value, sealed: secrets.seal(clientSecretPurpose(project.id, clientID), value) };
}
