import type { Acting } from '../audit/index.ts';
import { changePassword } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { LatchkeyError } from '../platform/errors.ts';
import { sha256 } from '../platform/ids.ts';
import type { LoginDeps } from './deps.ts';
import { readFacts } from './facts.ts';
import { locateLogin, stateOf } from './locate.ts';
import type { LoginState, Proof } from './model.ts';
import { currentStep } from './steps.ts';
import { flowStore } from './store.ts';

/**
 * Sets the new password a login must have before it goes on, and carries the proof over to it in the same
 * transaction. Out of order, or overtaken by another change, it changes nothing and says where the login
 * stands.
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
  if (!proof || currentStep(facts) !== 'change') return stateOf(facts);

  const { userID, passwordVersion, sessionEpoch } = proof;
  try {
    await changePassword(
      db,
      deps,
      { userID, passwordVersion, sessionEpoch, newPassword: input.newPassword },
      { actor: { type: 'user', userID }, origin },
      (tx, written) => carryOver(tx, input.interactionID, proof, { ...proof, ...written, mustChange: false }),
    );
  } catch (error) {
    if (!isOvertaken(error)) throw error;
  }
  return locateLogin(db, clock, input.interactionID);
}

const carryOver = (tx: ProjectDb, interactionID: string, from: Proof, to: Proof): Promise<void> =>
  flowStore(tx).replace(sha256(interactionID), from, to);

const isOvertaken = (error: unknown): boolean =>
  error instanceof LatchkeyError && error.reason === 'PasswordChangedMeanwhile';
