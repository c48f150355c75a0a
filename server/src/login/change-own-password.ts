import { type Acting, recordAudit } from '../audit/index.ts';
import { changePassword, verifyPassword } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { LoginDeps } from './deps.ts';
import { credentialsRefused } from './errors.ts';

export interface OwnChange {
  userID: string;
  /** The session in which it is asked for, and the epoch it was proved under. */
  sessionUID: string;
  sessionEpoch: number;
  currentPassword: string;
  newPassword: string;
  /** Signs out everywhere but here. */
  endOthers: boolean;
}

/**
 * Changes the password of somebody who is signed in and proves the present one; its tries are limited as those of a
 * login are. The session stays, and the others too unless they are to end.
 *
 * @param keepTokens carries what apps were given in the session over, in the same transaction
 * @throws Unauthorized `InvalidCredentials` for a wrong present password; what `verifyPassword` and `changePassword`
 *   throw
 */
export async function changeOwnPassword(
  db: ProjectDb,
  deps: LoginDeps,
  input: OwnChange,
  origin: Acting['origin'],
  keepTokens: (tx: ProjectDb) => Promise<void>,
): Promise<void> {
  const { userID, sessionUID, sessionEpoch, newPassword, endOthers } = input;
  const acting: Acting = { actor: { type: 'user', userID }, origin };
  const tried = { userID, account: userID, password: input.currentPassword };
  const verdict = await verifyPassword(db, deps, tried, origin);
  if (!verdict.ok) {
    const activityType = 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED';
    await recordAudit(db, deps.clock, { activityType, userID, acting });
    throw credentialsRefused();
  }
  await changePassword(
    db,
    deps,
    {
      userID,
      passwordVersion: verdict.passwordVersion,
      sessionEpoch,
      newPassword,
      endSessions: endOthers ? { except: sessionUID } : false,
    },
    acting,
    async (tx) => {
      if (endOthers) await keepTokens(tx);
    },
  );
}
