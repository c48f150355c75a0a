import type { Configuration } from 'oidc-provider';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long each thing lives, in seconds. Sessions and refresh tokens begin anew with each use. */
export const LIFETIMES = {
  AuthorizationCode: MINUTE,
  AccessToken: 30 * MINUTE,
  ClientCredentials: 30 * MINUTE,
  IdToken: HOUR,
  /** Since the last rotation. */
  RefreshToken: 30 * DAY,
  /** The end of all tokens of one sign-in, however often they were refreshed. */
  Grant: 365 * DAY,
  Interaction: HOUR,
  /** Where nobody is signed in, there is little to remember. */
  Session: (_ctx, session) => (session.accountId === undefined ? HOUR : 30 * DAY),
} satisfies Configuration['ttl'];
