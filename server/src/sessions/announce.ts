import type { ProjectDb } from '../platform/database/index.ts';
import { addJob } from '../platform/jobs/index.ts';

/** The job that follows the end of sessions; whoever knows the apps runs it and tells them. */
export const SESSIONS_ENDED = 'sessions_ended';

/** An app's part in a session. */
export interface SessionPart {
  clientID: string;
  /** What the app knows the session by (OpenID Connect Back-Channel Logout 1.0, section 2.1); opens nothing. */
  sid: string;
}

/** The parts of a session by its payload, as OpenID Connect keeps it. */
export const partsOf = (authorizations: unknown): SessionPart[] =>
  Object.entries((authorizations ?? {}) as Record<string, { sid?: unknown } | null>).flatMap(
    ([clientID, part]) => (typeof part?.sid === 'string' ? [{ clientID, sid: part.sid }] : []),
  );

/**
 * Has the apps told that their parts in sessions of a user have ended, if the transaction of `tx` is committed.
 * The job names them all: by the time it runs, the sessions' rows may be gone, and their user as well.
 */
export async function announceEnd(
  tx: ProjectDb,
  userID: string,
  parts: readonly SessionPart[],
): Promise<void> {
  if (parts.length === 0) return;
  const named = parts.map(({ clientID, sid }) => ({ clientID, sid }));
  await addJob(tx, SESSIONS_ENDED, { projectID: tx.projectID, userID, parts: named });
}
