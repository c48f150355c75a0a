import { createHash } from 'node:crypto';
import { safeEqual, sha256 } from '../platform/ids.ts';
import type { Project } from '../projects/index.ts';
import { sessionStore } from '../sessions/index.ts';
import { userStore } from '../users/index.ts';
import type { OidcDeps } from './deps.ts';
import { invalidGrant } from './errors.ts';
import { grantStore } from './grant-store.ts';
import { loadLibrary } from './library.ts';
import type { CodeRedemption, SignedIn } from './model.ts';
import type { ProjectProvider } from './provider/build.ts';

/** Whether the verifier is what the challenge was made of (RFC 7636, section 4.6). */
const provesPossession = (challenge: string | undefined, verifier: string): boolean =>
  challenge !== undefined && safeEqual(createHash('sha256').update(verifier).digest('base64url'), challenge);

/**
 * Redeems a code of a built-in app, which wants to know who signed in and needs no token: the checks of the
 * token endpoint (RFC 6749, section 4.1.3), then the code is used up. One that was used before takes all that
 * came of it along.
 *
 * @throws Invalid `InvalidGrant`, whatever is wrong
 */
export async function redeemCode(
  deps: Pick<OidcDeps, 'database' | 'clock' | 'accountStatus'>,
  { provider }: ProjectProvider,
  project: Project,
  { clientID, code: value, codeVerifier, redirectURI }: CodeRedemption,
): Promise<SignedIn> {
  const { errors } = await loadLibrary();
  const db = deps.database.forProject(project.id);
  const now = deps.clock.now();
  const code = await provider.AuthorizationCode.find(value);
  if (
    !code ||
    code.clientId !== clientID ||
    code.redirectUri !== redirectURI ||
    !provesPossession(code.codeChallenge, codeVerifier)
  ) {
    throw invalidGrant();
  }
  if (!code.isValid) {
    if (code.grantId !== undefined) await grantStore(db).revoke(sha256(code.grantId), now);
    throw invalidGrant();
  }
  try {
    await code.consume();
  } catch (error) {
    if (error instanceof errors.InvalidGrant) throw invalidGrant();
    throw error;
  }
  const session = await sessionStore(db).findByUID(code.sessionUid ?? '', now);
  const user = session && (await userStore(db).find(session.userID));
  if (!session || !user || user.id !== code.accountId || !deps.accountStatus(user, now).allowed) {
    throw invalidGrant();
  }
  return {
    userID: user.id,
    sessionUID: session.uid,
    sessionEpoch: session.sessionEpoch,
    authenticatedAt: new Date((code.authTime ?? 0) * 1_000),
  };
}
