import { type Origin, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { revokeSession, type WhichSession } from './revoke.ts';

/**
 * Signs out of one session at its user's own wish, and records it. Tokens that live no longer than their
 * session end with it.
 *
 * @returns false where there was none to end
 */
export function endSession(
  db: ProjectDb,
  deps: { clock: Clock },
  which: WhichSession,
  origin: Origin,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ended = await revokeSession(tx, deps, which);
    if (ended?.userID === undefined) return ended !== undefined;
    await recordAudit(tx, deps.clock, {
      activityType: 'USER_SIGNED_OUT',
      userID: ended.userID,
      acting: { actor: { type: 'user', userID: ended.userID }, origin },
    });
    return true;
  });
}
