import type { IncomingMessage } from 'node:http';
import { sha256 } from '../platform/ids.ts';
import type { Project } from '../projects/index.ts';
import { sessionStore } from '../sessions/index.ts';
import { userStore } from '../users/index.ts';
import { readSessionCookie } from './cookies.ts';
import type { OidcDeps } from './deps.ts';
import type { SignedIn } from './model.ts';

/** Who is signed in in this browser, if anybody whose account may be used. Notes the access. */
export async function findSignedIn(
  { database, clock, accountStatus }: Pick<OidcDeps, 'database' | 'clock' | 'accountStatus'>,
  project: Project,
  request: IncomingMessage,
): Promise<SignedIn | undefined> {
  const cookie = readSessionCookie(project, request);
  if (cookie === undefined) return undefined;
  const db = database.forProject(project.id);
  const now = clock.now();
  const session = await sessionStore(db).find(sha256(cookie), now);
  const user = session?.user && (await userStore(db).find(session.user.userID));
  if (!session?.user || !user || !accountStatus(user, now).allowed) return undefined;
  await sessionStore(db).touch(session.uid, now);
  const { loginTs } = session.payload;
  return {
    ...session.user,
    sessionUID: session.uid,
    authenticatedAt: new Date(typeof loginTs === 'number' ? loginTs * 1_000 : 0),
  };
}
