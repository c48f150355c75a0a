import { HOME } from '../../projects/index.ts';
import type { ApiContext, Operator } from './context.ts';
import { refused } from './errors.ts';

/** How long a proved password counts for acts of weight. */
const PROOF_COUNTS_MS = 10 * 60 * 1_000;

/**
 * Lets only operators pass who are signed in to the portal, whatever a key may do.
 * @throws Forbidden `OperatorRequired`
 */
export function requireOperator({ operator }: ApiContext): Operator {
  if (operator === undefined) {
    throw refused('OperatorRequired', 'only an operator who is signed in to the portal may do this');
  }
  return operator;
}

/**
 * Lets only owners of the project pass.
 * @throws Forbidden `OperatorRequired`, `RoleInsufficient`
 */
export function requireOwner(context: ApiContext): Operator {
  const operator = requireOperator(context);
  if (operator.role !== 'owner') {
    throw refused('RoleInsufficient', 'only an owner of the project may do this', { required: 'owner' });
  }
  return operator;
}

/**
 * Lets only operators pass who proved their password in the last ten minutes.
 * @throws Forbidden `ReauthenticationRequired`
 */
export function requireFreshPassword(context: ApiContext): void {
  const provedAt = requireOperator(context).passwordProvedAt?.getTime() ?? 0;
  if (context.deps.clock.now().getTime() - provedAt > PROOF_COUNTS_MS) {
    throw refused('ReauthenticationRequired', 'enter your password once more to do this');
  }
}

/**
 * Lets only owners of the home project read the mailbox: whoever reads a user's mail can sign in as that user.
 * @throws Forbidden `OperatorRequired`, `RoleInsufficient`
 */
export async function requireMailboxReader(context: ApiContext): Promise<void> {
  const { userID } = requireOperator(context);
  if ((await context.deps.projects.collaborators.roleOf(HOME, userID)) !== 'owner') {
    throw refused('RoleInsufficient', 'only an owner of the home project may read the mailbox', {
      required: 'owner',
    });
  }
}

/**
 * Whoever has an operator's password is that operator, and whoever shuts the others out is alone: an operator who
 * resets, disables or deletes one has to have proved their own a moment ago. May they at all is asked first, so
 * that nobody is asked for a password in vain.
 *
 * @throws Forbidden `MayNotActOnCollaborator`, `ReauthenticationRequired`
 */
export async function requireProofToActOn(context: ApiContext, userID: string): Promise<void> {
  const { operator, project, acting, deps } = context;
  if (operator === undefined || project.id !== HOME) return;
  if ((await deps.projects.collaborators.projectsOf(userID)).length === 0) return;
  await deps.projects.mayActOn(acting.actor, project, userID);
  requireFreshPassword(context);
}

/**
 * Whoever takes an operator's mail can have their password set anew: an owner who sends the mails of the home
 * project to another server has to have proved their own password a moment ago.
 *
 * @throws Forbidden `OperatorRequired`, `ReauthenticationRequired`
 */
export function requireProofToRedirectMail(context: ApiContext): void {
  if (context.project.id === HOME) requireFreshPassword(context);
}
