import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { SessionInfo } from './model.ts';
import { sessionStore } from './store.ts';

/** A user's living sessions, the last used first. */
export function listSessions(db: ProjectDb, clock: Clock, userID: string): Promise<SessionInfo[]> {
  return sessionStore(db).list(userID, clock.now());
}
