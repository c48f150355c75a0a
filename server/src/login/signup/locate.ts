import type { Clock } from '../../platform/clock.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { sha256 } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { locateLogin } from '../locate.ts';
import type { LoginState } from '../model.ts';
import type { Signup, SignupState } from './model.ts';
import { openAddress } from './sealed-address.ts';
import { currentSignupStep } from './steps.ts';
import { signupStore } from './store.ts';

/** There is nobody to sign up where somebody has proved who they are. */
const isPastPassword = ({ step }: LoginState): boolean => step === 'change' || step === 'finish';

/** Where the sign-up of an interaction stands. One that ran out counts for nothing. */
export async function locateSignup(
  db: ProjectDb,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
  interactionID: string,
): Promise<SignupState> {
  const [login, stored] = await Promise.all([
    locateLogin(db, clock, interactionID),
    signupStore(db).find(sha256(interactionID)),
  ]);
  const now = clock.now();
  const signup: Signup | undefined = stored && {
    attemptID: stored.attemptID,
    address: openAddress(secrets, db.projectID, stored.addressSealed),
    provedAt: stored.provedAt,
    expiresAt: stored.expiresAt,
  };
  const step = currentSignupStep({ signup, isSignedIn: isPastPassword(login), now });
  return {
    step,
    signup: step === 'code' || step === 'password' ? signup : undefined,
    ranOut: step === 'address' && signup !== undefined,
    login,
  };
}
