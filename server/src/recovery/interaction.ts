import type { Secrets } from '../platform/secrets.ts';

const purpose = (projectID: string): string => `recovery-interaction:${projectID}`;

/** Hides the id of a login for the time of a recovery. */
export const sealInteraction = (secrets: Secrets, projectID: string, interactionID: string): string =>
  secrets.seal(purpose(projectID), interactionID);

/** The id of the login; undefined where there is none, or where it was sealed under a secret that is gone. */
export function openInteraction(secrets: Secrets, projectID: string, sealed: unknown): string | undefined {
  if (typeof sealed !== 'string') return undefined;
  try {
    return secrets.open(purpose(projectID), sealed).toString('utf8');
  } catch {
    // The new password counts for more than the way back to where it was asked for.
    return undefined;
  }
}
