import { type Acting, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { changeUser } from '../users/index.ts';
import type { PasswordDeps } from './deps.ts';
import { passwordStore } from './store.ts';

/**
 * Forgets the wrong tries at a user's password, so that the account can be signed in to again: those in a row,
 * and those by which single addresses are held off.
 *
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`
 */
export async function resetLockout(
  db: ProjectDb,
  deps: Pick<PasswordDeps, 'clock' | 'projects' | 'project'>,
  { userID }: { userID: string },
  acting: Acting,
): Promise<void> {
  await changeUser(db, deps, { userID, acting }, async (tx) => {
    const failures = await passwordStore(tx).beginSeries(userID);
    await recordMutation(tx, deps.clock, {
      activityType: 'ADMIN_API_MUTATION_RESET_ACCOUNT_LOCKOUT_EXECUTED',
      userID,
      acting,
      data: { failed_attempts: failures },
    });
  });
}
