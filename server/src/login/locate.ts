import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { readFacts } from './facts.ts';
import type { LoginFacts, LoginState } from './model.ts';
import { currentStep } from './steps.ts';

/** Where a login with these facts stands. */
export function stateOf(facts: LoginFacts): LoginState {
  const step = currentStep(facts);
  const proved = step !== 'identify' && step !== 'password';
  return {
    step,
    user: proved ? facts.user : undefined,
    startedOver: facts.proof !== undefined && !proved,
  };
}

/**
 * Where the login of an interaction stands. A proof that was overtaken (a newer password, revoked sessions,
 * too much time) counts for nothing: the login stands at its beginning again.
 */
export async function locateLogin(db: ProjectDb, clock: Clock, interactionID: string): Promise<LoginState> {
  return stateOf(await readFacts(db, clock, interactionID));
}
