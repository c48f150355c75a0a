import type { Acting } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Role } from '../projects/index.ts';
import { normalizeLoginID, type User, userStore } from '../users/index.ts';
import { passwordChooser, requireTypingAllowed } from './choose.ts';
import type { OperatorDeps } from './deps.ts';
import { operatorExists, userIsAnonymized } from './errors.ts';
import { hintsOf } from './hints.ts';
import { insertOperator } from './insert-operator.ts';

export interface NewOperator {
  email: string;
  /** Must be absent for a user that exists; a new one without it has one generated. */
  password?: string;
  projectID: string;
  role: Role;
}

/**
 * Gives somebody a role in a project: a user of the home project, made here unless they exist.
 *
 * @param home the home project's handle; `deps.project` is the home project as well
 * @returns the user's id, and the password where it was generated (it can never be read again)
 * @throws NotFound `ProjectNotFound`; Invalid `InvalidLoginID`, `OperatorExists`, `UserIsAnonymized`,
 *   `PasswordPolicyViolated`; Forbidden `MayNotActOnCollaborator`, `LastOwner`, `TypingPasswordDisabled`;
 *   ServiceUnavailable `HashingQueueFull`
 */
export async function createOperator(
  home: ProjectDb,
  deps: OperatorDeps,
  { email, password, projectID, role }: NewOperator,
  acting: Acting,
): Promise<{ userID: string; generated?: string }> {
  const { hasher, project, projects } = deps;
  const { id } = await projects.get(projectID);
  const loginID = normalizeLoginID('email', email);
  const existing = await userStore(home).findByIdentity('email', loginID.uniqueKey);
  if (existing) {
    if (password !== undefined) throw operatorExists();
    await promote(home, deps, existing, { projectID: id, role }, acting);
    return { userID: existing.id };
  }

  const { passwords: policy } = await projects.settings(project);
  requireTypingAllowed(policy, password, acting.actor);
  const chosen = await passwordChooser({ hasher, policy }, password)(hintsOf(project, [loginID]));
  const { userID } = await home.transaction((tx) =>
    insertOperator(tx, { ...deps, policy }, { loginID, hash: chosen.hash, projectID: id, role }, acting),
  );
  return { userID, ...(chosen.isGenerated && { generated: chosen.password }) };
}

/**
 * Gives a user of the home project a role in a project.
 * @throws Invalid `UserIsAnonymized`; Forbidden `MayNotActOnCollaborator`, `LastOwner`
 */
export async function promote(
  home: ProjectDb,
  { projects, project }: OperatorDeps,
  user: User,
  place: { projectID: string; role: Role },
  acting: Acting,
): Promise<void> {
  if (user.isAnonymized) throw userIsAnonymized();
  await projects.mayActOn(acting.actor, project, user.id);
  await home.transaction((tx) => projects.collaborators.add({ ...place, userID: user.id }, acting, tx));
}
