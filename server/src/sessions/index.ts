export { announceEnd, partsOf, SESSIONS_ENDED, type SessionPart } from './announce.ts';
export { endSession } from './end.ts';
export { sessionNotFound } from './errors.ts';
export { listSessions } from './list.ts';
export type { PortalSession, SessionInfo, SessionWrite, StoredSession } from './model.ts';
export { portalSessionStore } from './portal-store.ts';
export { revokeAllSessions, revokeSession } from './revoke.ts';
export { sessionStore } from './store.ts';
export { terminateAllSessions } from './terminate-all.ts';
