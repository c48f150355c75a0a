import type { Origin } from '../audit/index.ts';
import type { JsonObject } from '../platform/database/index.ts';

/** What a code or link is good for; one of one purpose is nothing to any other. */
export type CodePurpose = 'recovery' | 'signup';
export type CodeKind = 'link' | 'code';

/** Wrong codes that one code survives. */
export const TRIES = 5;

/** Somebody's attempt to prove an address, as its page shows it: the same whether an account is behind it or not. */
export interface Attempt {
  /** Unguessable, and proves nothing: it is where the code is typed. */
  id: string;
  purpose: CodePurpose;
  kind: CodeKind;
  createdAt: Date;
  /** When what was sent last stops working. */
  expiresAt: Date;
  /** From when on another one can be asked for. */
  resendAt: Date;
  /** Wrong codes that are left. */
  triesLeft: number;
  /** The purpose's own; never a secret. */
  data: JsonObject;
}

/** The account and the address a code is sent to. */
export interface Found {
  userID: string;
  identityID: string;
}

/**
 * What a code is bound to, as of its making: it is void once one of them is another. A user that is disabled,
 * anonymized or about to be deleted voids it as well.
 */
export interface BoundTo extends Partial<Found> {
  passwordVersion?: number;
  sessionEpoch?: number;
}

/** An attempt that a worker is to send something for. */
export interface PendingAttempt extends Attempt {
  /** As it was typed; absent where it is looked up already, and `found` is what is left to go by. */
  address: string | undefined;
  /** Who was found when the attempt was sent before. */
  found: Found | undefined;
  /** Where the request came from. */
  origin: Origin;
  lifetimeMs: number;
}

/** What a token proves. */
export interface ProvedAttempt extends Partial<Found> {
  attemptID: string;
  purpose: CodePurpose;
  kind: CodeKind;
  data: JsonObject;
}
