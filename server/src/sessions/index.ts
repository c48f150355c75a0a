export { endSession } from './end.ts';
export { listSessions } from './list.ts';
export type { PortalSession, SessionInfo, SessionWrite, StoredSession } from './model.ts';
export { portalSessionStore } from './portal-store.ts';
export { revokeAllSessions } from './revoke.ts';
export { sessionStore } from './store.ts';
