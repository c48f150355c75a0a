import type { Origin } from '../../audit/index.ts';
import { consumeToken, proveCode } from '../../codes/index.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { LatchkeyError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/ids.ts';
import type { SignupDeps } from './deps.ts';
import { SIGNUP_LIFETIME_MS } from './limits.ts';
import { locateSignup } from './locate.ts';
import type { SignupState } from './model.ts';
import { requireSignup } from './require-signup.ts';
import { signupStore } from './store.ts';

/**
 * Proves the address by the code it was sent, and uses the code up. Out of order it does nothing but say where
 * the sign-up stands.
 *
 * @throws Invalid `InvalidCode`, `CodeExpired`; TooManyRequest `TooManyTries`, `RateLimited`; Forbidden
 *   `SignupDisabled`
 */
export async function proveSignupCode(
  db: ProjectDb,
  deps: SignupDeps,
  { interactionID, code }: { interactionID: string; code: string },
  origin: Origin,
): Promise<SignupState> {
  await requireSignup(deps);
  const state = await locateSignup(db, deps, interactionID);
  if (state.step !== 'code' || !state.signup) return state;
  const { attemptID } = state.signup;
  const token = await tokenOf(proveCode(db, deps, { purpose: 'signup', attemptID, code }, origin));
  await db.transaction(async (tx) => {
    if (token !== undefined) await consumeToken(tx, deps, { purpose: 'signup', token });
    const now = deps.clock.now();
    const expiresAt = new Date(now.getTime() + SIGNUP_LIFETIME_MS);
    await signupStore(tx).prove(sha256(interactionID), attemptID, now, expiresAt);
  });
  return locateSignup(db, deps, interactionID);
}

/**
 * A right code that is entered again, as by a form that is sent twice, proves the same once more: it counts in
 * this one sign-up only, which is over once there is an account.
 */
async function tokenOf(proved: Promise<{ token: string }>): Promise<string | undefined> {
  try {
    return (await proved).token;
  } catch (error) {
    if (error instanceof LatchkeyError && error.reason === 'UsedCode') return undefined;
    throw error;
  }
}
