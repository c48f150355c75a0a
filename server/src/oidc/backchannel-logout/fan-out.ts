import { addJob } from '../../platform/jobs/index.ts';
import type { SessionPart } from '../../sessions/index.ts';
import { clientStore } from '../client-store.ts';
import type { LogoutDeps } from './deps.ts';

/** The name of the job that tells one app of the end of its part in one session. */
export const DELIVER = 'deliver_logout';

/** With the pauses that grow between them: for about 16 hours. */
const MAX_ATTEMPTS = 12;
/** After everything that a person waits for. */
const PRIORITY = 10;

/**
 * Adds a job for each app that had a part in a session that ended and has an address to be told at, one for each
 * session: an app that is told of one session of many ends only that (Keycloak #32124). Those of one app run one
 * after the other, so that one that does not answer holds up nobody else.
 */
export async function fanOut(
  { database }: Pick<LogoutDeps, 'database'>,
  { projectID, userID, parts }: { projectID: string; userID: string; parts: readonly SessionPart[] },
): Promise<void> {
  await database.forProject(projectID).transaction(async (tx) => {
    const clients = await clientStore(tx).list();
    const reachable = new Set(
      clients.filter((client) => client.backchannelLogoutURI !== undefined).map(({ clientID }) => clientID),
    );
    for (const { clientID, sid } of parts) {
      if (!reachable.has(clientID)) continue;
      await addJob(
        tx,
        DELIVER,
        { projectID, userID, clientID, sid },
        {
          maxAttempts: MAX_ATTEMPTS,
          priority: PRIORITY,
          queue: `${DELIVER}:${projectID}:${clientID}`,
          jobKey: `${DELIVER}:${projectID}:${clientID}:${sid}`,
        },
      );
    }
  });
}
