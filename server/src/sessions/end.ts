import { type Origin, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sessionStore } from './store.ts';

/**
 * Signs out of one session at its user's own wish, and records it. Tokens that live no longer than their
 * session end with it.
 *
 * @param which the session by its name, or by the SHA-256 of the id in its cookie
 * @returns false where there was none to end
 */
export function endSession(
  db: ProjectDb,
  deps: { clock: Clock },
  which: { uid: string } | { idHash: Buffer },
  origin: Origin,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ended = await sessionStore(tx).revoke(which, deps.clock.now());
    if (ended?.userID === undefined) return ended !== undefined;
    await recordAudit(tx, deps.clock, {
      activityType: 'USER_SIGNED_OUT',
      userID: ended.userID,
      acting: { actor: { type: 'user', userID: ended.userID }, origin },
    });
    return true;
  });
}
