import type { JWK } from 'jose';
import type { Clock } from '../../platform/clock.ts';
import { randomToken } from '../../platform/ids.ts';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** How long a token counts, in seconds. It is made for one delivery, so the clocks need only to agree that well. */
const LIFETIME = 120;

/** Which part of which session ended. */
export interface EndedPart {
  clientID: string;
  userID: string;
  sid: string;
}

/**
 * Makes the token that tells an app of the end of a session (OpenID Connect Back-Channel Logout 1.0, section 2.4).
 *
 * @param key the project's active signing key
 * @param issuer the project's origin
 */
export async function makeLogoutToken(
  { clock, key, issuer }: { clock: Clock; key: JWK; issuer: string },
  { clientID, userID, sid }: EndedPart,
): Promise<string> {
  // Loaded with the first, not with the process.
  const { importJWK, SignJWT } = await import('jose');
  const issuedAt = Math.floor(clock.now().getTime() / 1_000);
  return new SignJWT({ sid, events: { [LOGOUT_EVENT]: {} } })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'logout+jwt' })
    .setIssuer(issuer)
    .setAudience(clientID)
    .setSubject(userID)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME)
    .setJti(randomToken())
    .sign(await importJWK(key, 'RS256'));
}
