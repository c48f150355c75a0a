import type { Origin } from '../../audit/index.ts';
import { findAttempt, startAttempt } from '../../codes/index.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { sha256 } from '../../platform/ids.ts';
import { ipKey } from '../../platform/rate-limits/index.ts';
import { type LoginID, normalizeLoginID } from '../../users/index.ts';
import type { SignupDeps } from './deps.ts';
import { CODE_LIFETIME_MS, CODES_PER_IP, SIGNUP_LIFETIME_MS } from './limits.ts';
import { locateSignup } from './locate.ts';
import type { Signup, SignupState } from './model.ts';
import { requireSignup } from './require-signup.ts';
import { sealAddress } from './sealed-address.ts';
import { signupStore } from './store.ts';

interface CodeRequest {
  interactionID: string;
  /** The language of the mail (BCP 47). */
  locale: string;
}

/**
 * Has a code sent to an address. Nobody is looked up: an address that somebody has is answered like any other,
 * and its owner is told by mail. The same address again, as after going back, keeps the code that has just been
 * sent; another one takes its place.
 *
 * @param input.address as it was typed
 * @throws Invalid `InvalidLoginID`; Forbidden `SignupDisabled`; TooManyRequest `CodeCooldown`, `RateLimited`
 */
export async function requestSignupCode(
  db: ProjectDb,
  deps: SignupDeps,
  input: CodeRequest & { address: string },
  origin: Origin,
): Promise<SignupState> {
  await requireSignup(deps);
  const address = normalizeLoginID('email', input.address);
  const state = await locateSignup(db, deps, input.interactionID);
  if (state.step === 'finish') return state;
  if (state.signup?.address.uniqueKey === address.uniqueKey && (await isFresh(db, deps, state.signup))) {
    return state;
  }
  await sendCode(db, deps, input, address, origin);
  return locateSignup(db, deps, input.interactionID);
}

/**
 * Has another code sent to the same address; the one before is void. Where no code is waited for, it does nothing
 * but say where the sign-up stands.
 *
 * @throws Forbidden `SignupDisabled`; TooManyRequest `CodeCooldown`, `RateLimited`
 */
export async function resendSignupCode(
  db: ProjectDb,
  deps: SignupDeps,
  input: CodeRequest,
  origin: Origin,
): Promise<SignupState> {
  await requireSignup(deps);
  const state = await locateSignup(db, deps, input.interactionID);
  if (state.step !== 'code' || !state.signup) return state;
  await sendCode(db, deps, input, state.signup.address, origin);
  return locateSignup(db, deps, input.interactionID);
}

/** Whether another code could not be sent yet, or the address is proved already. */
async function isFresh(db: ProjectDb, { clock }: SignupDeps, signup: Signup): Promise<boolean> {
  if (signup.provedAt) return true;
  const attempt = await findAttempt(db, { purpose: 'signup', id: signup.attemptID });
  return attempt !== undefined && attempt.resendAt > clock.now();
}

/** Each code is an attempt of its own: what was typed for the one before counts for nothing any more. */
async function sendCode(
  db: ProjectDb,
  deps: SignupDeps,
  { interactionID, locale }: CodeRequest,
  address: LoginID,
  origin: Origin,
): Promise<void> {
  const request = {
    purpose: 'signup',
    kind: 'code',
    address: address.original,
    key: `email:${address.uniqueKey}`,
    lifetimeMs: CODE_LIFETIME_MS,
    data: { locale },
    alsoUse: [{ limit: CODES_PER_IP, of: ipKey(origin.ipAddress) }],
  } as const;
  const attempt = await startAttempt(db, deps, request, origin);
  await signupStore(db).put(sha256(interactionID), {
    attemptID: attempt.id,
    addressSealed: sealAddress(deps.secrets, db.projectID, address),
    provedAt: null,
    expiresAt: new Date(deps.clock.now().getTime() + SIGNUP_LIFETIME_MS),
  });
}
