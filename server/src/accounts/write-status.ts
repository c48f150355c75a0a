import { voidCodes } from '../codes/index.ts';
import { accountStatus } from '../login/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { revokeAllSessions } from '../sessions/index.ts';
import { type User, userStore } from '../users/index.ts';
import type { Status } from './transitions.ts';

/**
 * Writes how an account stands, in the transaction of the act that decided it and while that holds the user's
 * row; codes and links sent before are void. Where nobody may use it now, or might not before, everything that
 * was signed in ends.
 */
export async function writeStatus(tx: ProjectDb, clock: Clock, user: User, status: Status): Promise<void> {
  const now = clock.now();
  await userStore(tx).setStatus(user.id, status, now);
  await voidCodes(tx, { clock }, user.id);
  const isUsable = accountStatus({ ...user, ...status }, now).allowed;
  if (!isUsable || !accountStatus(user, now).allowed) await revokeAllSessions(tx, { clock }, user.id);
}
