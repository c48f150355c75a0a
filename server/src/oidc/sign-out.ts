import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Origin } from '../audit/index.ts';
import { sha256 } from '../platform/ids.ts';
import type { Project } from '../projects/index.ts';
import { endSession, sessionStore } from '../sessions/index.ts';
import { clearSessionCookie, readSessionCookie } from './cookies.ts';
import type { OidcDeps } from './deps.ts';

type Deps = Pick<OidcDeps, 'database' | 'clock'>;

/** Ends this browser's session, whoever's it is, and takes its cookie away. */
export async function signOut(
  deps: Deps,
  project: Project,
  request: IncomingMessage,
  response: ServerResponse,
  origin: Origin,
): Promise<void> {
  const cookie = readSessionCookie(project, request);
  if (cookie === undefined) return;
  await endSession(deps.database.forProject(project.id), deps, { idHash: sha256(cookie) }, origin);
  clearSessionCookie(project, response);
}

/** Ends this browser's session if it is not this user's. */
export async function endOtherSession(
  deps: Deps,
  project: Project,
  request: IncomingMessage,
  userID: string,
): Promise<void> {
  const cookie = readSessionCookie(project, request);
  if (cookie === undefined) return;
  const db = deps.database.forProject(project.id);
  const idHash = sha256(cookie);
  const session = await sessionStore(db).find(idHash, deps.clock.now());
  if (session?.user === undefined || session.user.userID === userID) return;
  await endSession(db, deps, { idHash }, {});
}

/** Ends a session by its name; nothing happens where there is none. */
export async function endSessionByName(
  deps: Deps,
  project: Pick<Project, 'id'>,
  uid: string,
  origin: Origin,
): Promise<void> {
  await endSession(deps.database.forProject(project.id), deps, { uid }, origin);
}
