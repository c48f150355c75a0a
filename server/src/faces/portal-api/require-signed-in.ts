import type { MiddlewareHandler } from 'hono';
import { accountStatus } from '../../login/index.ts';
import { sha256 } from '../../platform/ids.ts';
import { portalSessionStore, sessionStore } from '../../sessions/index.ts';
import { userStore } from '../../users/index.ts';
import { readSessionID } from './cookies.ts';
import type { PortalApiDeps } from './deps.ts';
import { notSignedIn } from './errors.ts';
import type { PortalContext, PortalEnv, SignedIn } from './http.ts';

type Deps = Pick<PortalApiDeps, 'database' | 'clock'>;

/**
 * Finds who is signed in to the portal in this browser. Both sessions are asked at every request: the
 * portal's own and the login session it came from, which ends with the user's session epoch.
 */
export async function findSignedIn(
  { database, clock }: Deps,
  c: PortalContext,
): Promise<SignedIn | undefined> {
  const id = readSessionID(c);
  if (id === undefined) return undefined;
  const db = database.forProject(c.get('project').id);
  const now = clock.now();
  const idHash = sha256(id);
  const session = await portalSessionStore(db).find(idHash, now);
  const user = session && (await userStore(db).find(session.userID));
  if (!user || !accountStatus(user, now).allowed) return undefined;
  const { sessionUID, passwordProvedAt } = session;
  await sessionStore(db).touch(sessionUID, now, c.get('origin').ipAddress);
  return { user, sessionUID, idHash, passwordProvedAt };
}

/**
 * Lets only operators pass who are signed in.
 * @throws Unauthorized `NotSignedIn`
 */
export const requireSignedIn =
  (deps: Deps): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    const signedIn = await findSignedIn(deps, c);
    if (!signedIn) throw notSignedIn();
    c.set('signedIn', signedIn);
    return next();
  };
