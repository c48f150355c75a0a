import type { LoginID } from '../../users/index.ts';
import type { LoginState } from '../model.ts';

/** A sign-up under way. Nobody has an account by it. */
export interface Signup {
  /** The attempt whose code the address is proved by. */
  attemptID: string;
  address: LoginID;
  /** When the code was right; null before. */
  provedAt: Date | null;
  expiresAt: Date;
}

/** Everything the steps look at. Read fresh from the database at every request. */
export interface SignupFacts {
  signup?: Signup;
  /** The login of the same interaction has somebody's password: there is nobody to sign up any more. */
  isSignedIn: boolean;
  now: Date;
}

export type SignupStepName = 'address' | 'code' | 'password' | 'finish';

/** Where a sign-up stands. */
export interface SignupState {
  step: SignupStepName;
  /** From the second step on. */
  signup?: Signup;
  /** There was one, and it took too long. */
  ranOut: boolean;
  /** Where the login stands that the sign-up is part of; it goes on once the sign-up is through. */
  login: LoginState;
}
