import type { Acting } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { collaboratorExists, type Role } from '../projects/index.ts';
import { normalizeLoginID, userStore } from '../users/index.ts';
import { passwordChooser } from './choose.ts';
import { promote } from './create-operator.ts';
import type { OperatorDeps } from './deps.ts';
import { hintsOf } from './hints.ts';
import { insertOperator } from './insert-operator.ts';

export interface Invitation {
  email: string;
  projectID: string;
  role: Role;
  /** Whether mails go out; where they do not, a new account's password is returned instead. */
  canMail: boolean;
}

/** What became of it: who it is, whether the account was made just now, and how its password travels. */
export interface Invited {
  userID: string;
  isNew: boolean;
  messageIDs: string[];
  /** Can never be read again. */
  password?: string;
}

/**
 * Has somebody work on a project, by somebody else's decision: a user of the home project as they are, or a new
 * one with a generated password that is mailed and that the first login replaces.
 *
 * @param home the home project's handle; `deps.project` is the home project as well
 * @throws NotFound `ProjectNotFound`; AlreadyExists `CollaboratorExists`; Invalid `InvalidLoginID`,
 *   `UserIsAnonymized`, `InvariantViolated` (made by somebody else meanwhile), `PasswordPolicyUnsatisfiable`;
 *   Forbidden `MayNotActOnCollaborator`; ServiceUnavailable `HashingQueueFull`
 */
export async function inviteOperator(
  home: ProjectDb,
  deps: OperatorDeps,
  { email, projectID, role, canMail }: Invitation,
  acting: Acting,
): Promise<Invited> {
  const { hasher, project, projects } = deps;
  const { id, name } = await projects.get(projectID);
  const loginID = normalizeLoginID('email', email);
  const existing = await userStore(home).findByIdentity('email', loginID.uniqueKey);
  if (existing) {
    if (await projects.collaborators.roleOf(id, existing.id)) throw collaboratorExists();
    await promote(home, deps, existing, { projectID: id, role }, acting);
    return { userID: existing.id, isNew: false, messageIDs: [] };
  }

  const { passwords: policy } = await projects.settings(project);
  const { hash, password } = await passwordChooser(
    { hasher, policy },
    undefined,
  )(hintsOf(project, [loginID]));
  const operator = {
    loginID,
    hash,
    projectID: id,
    role,
    mustChange: true,
    ...(canMail && { mail: { password, worksOn: name } }),
  };
  const { userID, messageIDs } = await home.transaction((tx) =>
    insertOperator(tx, { ...deps, policy }, operator, acting),
  );
  return { userID, isNew: true, messageIDs, ...(!canMail && { password }) };
}
