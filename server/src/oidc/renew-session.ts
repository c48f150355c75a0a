import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomToken, sha256 } from '../platform/ids.ts';
import type { Project } from '../projects/index.ts';
import { sessionStore } from '../sessions/index.ts';
import { readSessionCookie, writeSessionCookie } from './cookies.ts';
import type { OidcDeps } from './deps.ts';

/**
 * Gives this browser's session another id, after its user has proved their password in it once more: whoever got
 * hold of the id before holds nothing any more (ASVS 5.0, 7.2.4). What apps were given in the session stays.
 */
export async function renewSession(
  { database, clock }: Pick<OidcDeps, 'database' | 'clock'>,
  project: Project,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const former = readSessionCookie(project, request);
  if (former === undefined) return;
  const id = randomToken();
  const expiresAt = await database
    .forProject(project.id)
    .transaction((tx) => sessionStore(tx).renew(sha256(former), sha256(id), clock.now()));
  if (expiresAt) writeSessionCookie(project, response, id, expiresAt);
}
