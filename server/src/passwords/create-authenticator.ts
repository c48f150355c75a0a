import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import { passwordChooser, requireTypingAllowed } from './choose.ts';
import type { PasswordDeps } from './deps.ts';
import { duplicatedAuthenticator, userIsAnonymized } from './errors.ts';
import { hintsOf } from './hints.ts';
import { checkHistory, comparePassword } from './history.ts';
import { passwordOf } from './store.ts';
import { onPresentPassword, writePassword } from './write-password.ts';

/**
 * Gives a user who has no password their first one, by somebody else's decision and under every rule that a
 * reset has. Whoever is signed in stays so; codes and links sent before are void.
 *
 * @param input the password as it was typed; an empty one breaks the policy like any other
 * @returns the authenticator's id
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`, `TypingPasswordDisabled`; Invalid
 *   `UserIsAnonymized`, `InvariantViolated` (cause `DuplicatedAuthenticator`: the user has a password),
 *   `PasswordPolicyViolated`; ServiceUnavailable `HashingQueueFull`
 */
export async function createAuthenticator(
  db: ProjectDb,
  deps: PasswordDeps,
  { userID, password }: { userID: string; password: string },
  acting: Acting,
): Promise<{ authenticatorID: string }> {
  const { clock, hasher, project } = deps;
  const { passwords: policy } = await deps.projects.settings(project);
  const choose = passwordChooser({ hasher, policy }, password);
  const compared = comparePassword(hasher, password);

  return onPresentPassword(
    db,
    { userID, actor: acting.actor },
    async (user) => {
      await deps.projects.mayActOn(acting.actor, project, userID);
      if (user.isAnonymized) throw userIsAnonymized();
      requireTypingAllowed(policy, password, acting.actor);
      if (await passwordOf(db, userID)) throw duplicatedAuthenticator();
      const identities = await userStore(db).identitiesOf(userID);
      return choose(hintsOf(project, identities), () =>
        checkHistory(db, { clock, policy }, userID, compared),
      );
    },
    async (tx, user, { hash }) => {
      if (user.isAnonymized) throw userIsAnonymized();
      await writePassword(tx, { clock, policy }, user, { hash, mustChange: false, endSessions: false });
      const created = await passwordOf(tx, userID);
      if (!created) throw new Error('a password that was just written is not there');

      const data = { generated: false, must_change: false, sessions_revoked: false, message_ids: [] };
      await recordAudit(tx, clock, { activityType: 'PASSWORD_RESET', userID, acting, data });
      await recordMutation(tx, clock, {
        activityType: 'ADMIN_API_MUTATION_CREATE_AUTHENTICATOR_EXECUTED',
        userID,
        acting,
        data: { authenticator_id: created.id, type: 'password', kind: 'primary' },
      });
      return { authenticatorID: created.id };
    },
  );
}
