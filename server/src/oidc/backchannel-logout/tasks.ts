import type { Tasks } from '../../platform/jobs/index.ts';
import { SESSIONS_ENDED, type SessionPart } from '../../sessions/index.ts';
import { deliverLogout } from './deliver.ts';
import type { LogoutDeps } from './deps.ts';
import { DELIVER, fanOut } from './fan-out.ts';

/** What the job runner does after the end of sessions: find the apps to be told, and tell each. */
export const createLogoutTasks = (deps: LogoutDeps): Tasks => ({
  [SESSIONS_ENDED]: ({ projectID, userID, parts }) =>
    fanOut(deps, {
      projectID: String(projectID),
      userID: String(userID),
      parts: parts as unknown as SessionPart[],
    }),
  [DELIVER]: ({ projectID, userID, clientID, sid }) =>
    deliverLogout(deps, String(projectID), {
      userID: String(userID),
      clientID: String(clientID),
      sid: String(sid),
    }),
});
