import type { Acting } from '../audit/index.ts';
import { changePassword } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import type { LoginDeps } from './deps.ts';
import { locateLogin, readFacts } from './locate.ts';
import type { LoginState } from './model.ts';
import { currentStep } from './steps.ts';
import { flowStore } from './store.ts';

/**
 * Sets the new password a login must have before it goes on, and carries the proof over to it. Out of
 * order, it changes nothing and says where the login stands.
 * @throws PasswordPolicyViolated with `info.causes`; HashingQueueFull
 */
export async function changeForced(
  db: ProjectDb,
  deps: LoginDeps,
  input: { interactionID: string; newPassword: string },
  origin: Acting['origin'],
): Promise<LoginState> {
  const { clock } = deps;
  const facts = await readFacts(db, clock, input.interactionID);
  const { proof } = facts;
  if (!proof || currentStep(facts) !== 'change') return locateLogin(db, clock, input.interactionID);

  const changed = await changePassword(
    db,
    deps,
    { userID: proof.userID, passwordVersion: proof.passwordVersion, newPassword: input.newPassword },
    { actor: { type: 'user', userID: proof.userID }, origin },
  );
  await flowStore(db).put(sha256(input.interactionID), {
    ...proof,
    passwordVersion: changed.passwordVersion,
    sessionEpoch: changed.sessionEpoch,
    mustChange: false,
  });
  return locateLogin(db, clock, input.interactionID);
}
