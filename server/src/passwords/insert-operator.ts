import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { PasswordSettings, Role } from '../projects/index.ts';
import { insertUser, type LoginID } from '../users/index.ts';
import type { OperatorDeps } from './deps.ts';
import { mailPassword } from './send-password.ts';
import { writePassword } from './write-password.ts';

interface OperatorStart {
  loginID: LoginID;
  hash: string;
  projectID: string;
  role: Role;
  /** Whether the first login has to choose another password. */
  mustChange?: boolean;
  /** Mails the password, and says which project it is for. */
  mail?: { password: string; worksOn: string };
}

/**
 * Writes a user of the home project with a password and a role, in the caller's transaction.
 * @returns the user's id, and those of the mails
 * @throws Invalid `InvariantViolated` where the login id is another user's
 */
export async function insertOperator(
  tx: ProjectDb,
  deps: Pick<OperatorDeps, 'clock' | 'projects' | 'secrets'> & { policy: PasswordSettings },
  { loginID, hash, projectID, role, mustChange = false, mail }: OperatorStart,
  acting: Acting,
): Promise<{ userID: string; messageIDs: string[] }> {
  const { clock, projects, policy } = deps;
  const user = await insertUser(tx, { clock }, { loginIDs: [loginID] }, acting);
  const change = { hash, mustChange, endSessions: false };
  const { passwordVersion } = await writePassword(tx, { clock, policy }, user, change);
  const data = { project_id: projectID, role };
  await recordAudit(tx, clock, { activityType: 'OPERATOR_CREATED', userID: user.id, acting, data });
  await projects.collaborators.add({ projectID, userID: user.id, role }, acting, tx);
  const messageIDs = mail
    ? await mailPassword(tx, deps, user, {
        password: mail.password,
        passwordVersion,
        mustChange,
        occasion: 'new-operator',
        worksOn: mail.worksOn,
      })
    : [];
  return { userID: user.id, messageIDs };
}
