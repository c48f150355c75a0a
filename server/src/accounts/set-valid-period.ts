import { type Acting, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { changeUser } from '../users/index.ts';
import type { StatusDeps } from './deps.ts';
import { valid } from './transitions.ts';
import { writeStatus } from './write-status.ts';

interface ValidPeriod {
  userID: string;
  /** Absent leaves it as it is; null takes it away. */
  accountValidFrom?: Date | null;
  accountValidUntil?: Date | null;
}

/** What each mutation is recorded as: as with Authgear, there is no other event of it. */
type Executed =
  | 'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_FROM_EXECUTED'
  | 'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_PERIOD_EXECUTED'
  | 'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_UNTIL_EXECUTED';

/**
 * Says from when on, and until when, an account may be used. What that means for who is signed in and for codes
 * is the same as for a disabled account.
 *
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`; Invalid
 *   `InvalidAccountStatusTransition`
 */
export async function setAccountValidPeriod(
  db: ProjectDb,
  deps: StatusDeps,
  { userID, ...period }: ValidPeriod,
  activityType: Executed,
  acting: Acting,
): Promise<void> {
  const { clock } = deps;
  await changeUser(db, deps, { userID, acting }, async (tx, user) => {
    const status = valid(user, period, clock.now());
    await writeStatus(tx, clock, user, status);
    const { accountValidFrom: valid_from, accountValidUntil: valid_until } = status;
    await recordMutation(tx, clock, { activityType, userID, acting, data: { valid_from, valid_until } });
  });
}
