import type { Acting, Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { firstRunLinkInvalid, HOME } from '../projects/index.ts';
import { normalizeLoginID } from '../users/index.ts';
import { passwordChooser } from './choose.ts';
import type { OperatorDeps } from './deps.ts';
import { hintsOf } from './hints.ts';
import { insertOperator } from './insert-operator.ts';

/**
 * Makes the first operator for whoever holds the one-time link of the first run: an owner of the home project,
 * and of every other there is by then, which nobody could reach otherwise. Link, user, password and roles go in
 * one transaction: what is refused leaves the link as it was, and of two at once only one gets through.
 *
 * @throws Forbidden `FirstRunLinkInvalid`; Invalid `InvalidLoginID`, `PasswordPolicyViolated`,
 *   `InvariantViolated`; ServiceUnavailable `HashingQueueFull`
 */
export async function createFirstOperator(
  home: ProjectDb,
  deps: OperatorDeps,
  { token, email, password }: { token: string; email: string; password: string },
  origin: Origin,
): Promise<{ userID: string }> {
  const { hasher, project, projects } = deps;
  // Asked before the password is hashed, which is work that only the link's holder may cause.
  if (!(await projects.firstRun.isValid(token))) throw firstRunLinkInvalid();
  const loginID = normalizeLoginID('email', email);
  const { passwords: policy } = await projects.settings(project);
  const { hash } = await passwordChooser({ hasher, policy }, password)(hintsOf(project, [loginID]));
  const acting: Acting = { actor: { type: 'system' }, origin };
  const others = (await projects.list()).filter(({ id }) => id !== HOME);

  const userID = await home.transaction(async (tx) => {
    await projects.firstRun.redeem(token, tx);
    const operator = { loginID, hash, projectID: HOME, role: 'owner' } as const;
    const { userID: id } = await insertOperator(tx, { ...deps, policy }, operator, acting);
    for (const other of others) {
      await projects.collaborators.add({ projectID: other.id, userID: id, role: 'owner' }, acting, tx);
    }
    return id;
  });
  return { userID };
}
