import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import { announceEnd } from './announce.ts';
import { sessionStore } from './store.ts';

/**
 * Ends everything a user is signed in to but one session, in the caller's transaction. The epoch is raised as it is
 * where all end, so that nothing of the others can be written back; the one session alone is carried over to the
 * new epoch. What apps were given in it is carried over by whoever keeps that.
 *
 * @param except the session's name; where it has ended meanwhile, all have
 * @returns the user's new session epoch
 */
export async function endOtherSessions(
  tx: ProjectDb,
  deps: { clock: Clock },
  { userID, except }: { userID: string; except: string },
): Promise<number> {
  const sessionEpoch = await userStore(tx).raiseSessionEpoch(userID);
  const store = sessionStore(tx);
  await announceEnd(tx, userID, await store.revokeAllOf(userID, deps.clock.now(), except));
  await store.carryOver(except, { userID, sessionEpoch });
  return sessionEpoch;
}
