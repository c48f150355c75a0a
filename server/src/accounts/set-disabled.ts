import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { changeUser } from '../users/index.ts';
import type { StatusDeps } from './deps.ts';
import { type Disabling, disabled, enabled } from './transitions.ts';
import { writeStatus } from './write-status.ts';

interface DisabledStatus extends Disabling {
  userID: string;
  isDisabled: boolean;
}

/**
 * Disables an account, at once or for a time, or enables it again; codes and links sent before are void. Where
 * nobody may use it now, or might not before, everything that was signed in ends. A period that begins
 * later bites at its time: whoever lets somebody in asks how the account stands.
 *
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`; Invalid
 *   `InvalidAccountStatusTransition`
 */
export async function setDisabledStatus(
  db: ProjectDb,
  deps: StatusDeps,
  { userID, isDisabled, ...request }: DisabledStatus,
  acting: Acting,
): Promise<void> {
  const { clock } = deps;
  await changeUser(db, deps, { userID, acting }, async (tx, user) => {
    const now = clock.now();
    const status = isDisabled ? disabled(user, request, now) : enabled(user, now);
    await writeStatus(tx, clock, user, status);

    if (isDisabled) {
      const data = {
        reason: status.disableReason,
        temporarily_disabled_from: status.temporarilyDisabledFrom,
        temporarily_disabled_until: status.temporarilyDisabledUntil,
      };
      await recordAudit(tx, clock, { activityType: 'USER_DISABLED', userID, acting, data });
    } else {
      await recordAudit(tx, clock, { activityType: 'USER_REENABLED', userID, acting });
    }
    await recordMutation(tx, clock, {
      activityType: 'ADMIN_API_MUTATION_SET_DISABLED_STATUS_EXECUTED',
      userID,
      acting,
      data: { is_disabled: isDisabled },
    });
  });
}
