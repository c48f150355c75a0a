import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import { announceEnd } from './announce.ts';
import { sessionStore } from './store.ts';

/** A session by its name, or by the SHA-256 of the id in its cookie. */
export type WhichSession = { uid: string } | { idHash: Buffer };

/**
 * Ends one session for good, in the caller's transaction, whoever wishes it, and has its apps told. Tokens that
 * live no longer than their session end with it.
 *
 * @returns whose it was, if anybody's; undefined where there was none to end
 */
export async function revokeSession(
  tx: ProjectDb,
  deps: { clock: Clock },
  which: WhichSession,
): Promise<{ userID?: string } | undefined> {
  const ended = await sessionStore(tx).revoke(which, deps.clock.now());
  if (ended?.userID !== undefined) await announceEnd(tx, ended.userID, ended.parts);
  return ended && { userID: ended.userID };
}

/**
 * Ends everything a user is signed in to, in the caller's transaction: sessions, grants, codes, refresh and
 * access tokens. Raising the user's session epoch is what ends them, for each row carries the epoch of its
 * making; a request in flight that still holds one cannot write it back (ASVS 5.0, 7.4.2 and 7.4.3). The apps
 * of the sessions are told.
 *
 * @param userID the user's UUID
 * @returns the user's new session epoch
 */
export async function revokeAllSessions(
  tx: ProjectDb,
  deps: { clock: Clock },
  userID: string,
): Promise<number> {
  const sessionEpoch = await userStore(tx).raiseSessionEpoch(userID);
  await announceEnd(tx, userID, await sessionStore(tx).revokeAllOf(userID, deps.clock.now()));
  return sessionEpoch;
}
