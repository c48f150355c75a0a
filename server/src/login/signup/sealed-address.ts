import type { Secrets } from '../../platform/secrets.ts';
import { type LoginID, normalizeLoginID } from '../../users/index.ts';

const purposeOf = (projectID: string): string => `signup-address:${projectID}`;

/** Seals an address that nobody has proved to own. */
export const sealAddress = (secrets: Secrets, projectID: string, address: LoginID): string =>
  secrets.seal(purposeOf(projectID), address.original);

/** Opens what `sealAddress` made for the same project. */
export const openAddress = (secrets: Secrets, projectID: string, sealed: string): LoginID =>
  normalizeLoginID('email', secrets.open(purposeOf(projectID), sealed).toString('utf8'));
