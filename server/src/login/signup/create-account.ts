import type { Origin } from '../../audit/index.ts';
import { signUp } from '../../passwords/index.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { LatchkeyError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/ids.ts';
import { addressTaken } from '../errors.ts';
import type { Proof } from '../model.ts';
import { PROOF_LIFETIME_MS } from '../prove.ts';
import { flowStore } from '../store.ts';
import type { SignupDeps } from './deps.ts';
import { locateSignup } from './locate.ts';
import type { SignupState } from './model.ts';
import { requireSignup } from './require-signup.ts';
import { signupStore } from './store.ts';

/** The sign-up ran out, or the same form was sent twice and the other one was quicker. */
class Overtaken extends Error {}

/**
 * Makes the account of a proved address, with its password, and lets the login it is part of go on as if that
 * password had been entered: all in one transaction, which uses the sign-up up. Out of order it does nothing but
 * say where the sign-up stands.
 *
 * @throws Invalid `PasswordPolicyViolated`; AlreadyExists `AddressTaken`; Forbidden `SignupDisabled`;
 *   ServiceUnavailable `HashingQueueFull`
 */
export async function createAccount(
  db: ProjectDb,
  deps: SignupDeps,
  input: { interactionID: string; password: string; locale: string },
  origin: Origin,
): Promise<SignupState> {
  await requireSignup(deps);
  const { interactionID, password, locale } = input;
  const state = await locateSignup(db, deps, interactionID);
  const { signup } = state;
  if (state.step !== 'password' || !signup) return state;

  const hash = sha256(interactionID);
  const { address, attemptID } = signup;
  try {
    await signUp(db, deps, { address, password, locale }, origin, async (tx, { id: userID }, written) => {
      const now = deps.clock.now();
      if (!(await signupStore(tx).take(hash, attemptID, now))) throw new Overtaken();
      const expiresAt = new Date(now.getTime() + PROOF_LIFETIME_MS);
      const proof: Proof = { userID, ...written, mustChange: false, provedAt: now, expiresAt };
      await flowStore(tx).put(hash, proof);
    });
  } catch (error) {
    const isTaken = error instanceof LatchkeyError && error.reason === 'InvariantViolated';
    if (!isTaken && !(error instanceof Overtaken)) throw error;
    const now = await locateSignup(db, deps, interactionID);
    if (now.step !== 'password' || !isTaken) return now;
    await signupStore(db).remove(hash);
    throw addressTaken();
  }
  return locateSignup(db, deps, interactionID);
}
