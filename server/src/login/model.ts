import type { User } from '../users/index.ts';

/** What a right password proved, as of the moment it was checked. */
export interface Proof {
  userID: string;
  sessionEpoch: number;
  passwordVersion: number;
  /** The password was right but may not be used any longer: expired, or no longer within the policy. */
  mustChange: boolean;
  provedAt: Date;
  expiresAt: Date;
}

/** Everything the steps look at. Read fresh from the database at every request. */
export interface LoginFacts {
  proof?: Proof;
  user?: User;
  /** An operator asked for a change after the proof, or the password ran out meanwhile. */
  passwordExpired: boolean;
  now: Date;
}

export type StepName = 'identify' | 'password' | 'status' | 'change' | 'finish';

/** Where a login stands. */
export interface LoginState {
  step: StepName;
  /** The user, once the password was right. */
  user?: User;
  /** The proof was overtaken by a change of the account: the password has to be entered again. */
  startedOver: boolean;
}

/** What a finished login may grant; for the session to be bound to. */
export interface FinishedLogin {
  userID: string;
  sessionEpoch: number;
  passwordVersion: number;
  /** Authentication methods, RFC 8176. */
  amr: string[];
  provedAt: Date;
}
