import type { Secrets } from '../platform/secrets.ts';

const BYTES = 12;

/** What names an identity to whoever asks: neither its id nor anything that can be made up. */
export const destinationID = (secrets: Secrets, identityID: string): string =>
  secrets.hmac('recovery-destination', identityID).subarray(0, BYTES).toString('base64url');
