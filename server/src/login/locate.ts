import { passwordOf } from '../passwords/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import type { LoginFacts, LoginState } from './model.ts';
import { currentStep } from './steps.ts';
import { flowStore } from './store.ts';

/** Reads everything the steps look at. */
export async function readFacts(db: ProjectDb, clock: Clock, interactionID: string): Promise<LoginFacts> {
  const now = clock.now();
  const proof = await flowStore(db).find(sha256(interactionID));
  if (!proof) return { passwordExpired: false, now };
  const user = await userStore(db).find(proof.userID);
  const password = await passwordOf(db, proof.userID);
  const passwordExpired = !!password?.expireAfter && password.expireAfter <= now;
  return { proof, user, passwordExpired, now };
}

/**
 * Where the login of an interaction stands. A proof that was overtaken (a newer password, revoked sessions,
 * too much time) counts for nothing: the login stands at its beginning again.
 */
export async function locateLogin(db: ProjectDb, clock: Clock, interactionID: string): Promise<LoginState> {
  const facts = await readFacts(db, clock, interactionID);
  const step = currentStep(facts);
  const proved = step !== 'identify' && step !== 'password';
  return {
    step,
    user: proved ? facts.user : undefined,
    startedOver: facts.proof !== undefined && !proved,
  };
}
