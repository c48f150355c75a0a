import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { PasswordSettings, Role } from '../projects/index.ts';
import { insertUser, type LoginID } from '../users/index.ts';
import type { OperatorDeps } from './deps.ts';
import { writePassword } from './write-password.ts';

/**
 * Writes a user of the home project with a password and a role, in the caller's transaction.
 * @returns the user's id
 * @throws Invalid `InvariantViolated` where the login id is another user's
 */
export async function insertOperator(
  tx: ProjectDb,
  { clock, projects, policy }: Pick<OperatorDeps, 'clock' | 'projects'> & { policy: PasswordSettings },
  { loginID, hash, projectID, role }: { loginID: LoginID; hash: string; projectID: string; role: Role },
  acting: Acting,
): Promise<string> {
  const user = await insertUser(tx, { clock }, { loginIDs: [loginID] }, acting);
  const change = { hash, mustChange: false, endSessions: false };
  await writePassword(tx, { clock, policy }, user, change);
  const data = { project_id: projectID, role };
  await recordAudit(tx, clock, { activityType: 'OPERATOR_CREATED', userID: user.id, acting, data });
  await projects.collaborators.add({ projectID, userID: user.id, role }, acting, tx);
  return user.id;
}
