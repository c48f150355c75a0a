import type { LoginFacts, StepName } from './model.ts';
import { accountStatus } from './status.ts';

interface Step {
  name: StepName;
  /** The page that asks for it, relative to the login's own address; undefined where nothing is asked. */
  page: '' | '/change-password' | undefined;
  settled(facts: LoginFacts): boolean;
}

/**
 * The steps of a login in the order they must be passed. A login stands at the first step that is not
 * settled, whatever address was asked for; nothing is granted before the last.
 */
export const STEPS: readonly Step[] = [
  { name: 'identify', page: '', settled: ({ user }) => user !== undefined },
  { name: 'password', page: '', settled: proofIsCurrent },
  { name: 'status', page: '', settled: ({ user, now }) => !!user && accountStatus(user, now).allowed },
  {
    name: 'change',
    page: '/change-password',
    settled: (facts) => !facts.proof?.mustChange && !facts.passwordExpired,
  },
  { name: 'finish', page: undefined, settled: () => false },
];

/** A proof counts only while the password and the session epoch it was made under are still the user's. */
function proofIsCurrent({ proof, user, now }: LoginFacts): boolean {
  return (
    proof !== undefined &&
    user !== undefined &&
    proof.expiresAt > now &&
    proof.passwordVersion === user.passwordVersion &&
    proof.sessionEpoch === user.sessionEpoch
  );
}

/** The step a login stands at. */
export function currentStep(facts: LoginFacts): StepName {
  return STEPS.find((step) => !step.settled(facts))?.name ?? 'finish';
}

/** The page of a step, relative to the login's own address, such as `/change-password`. */
export function pageOf(name: StepName): string {
  return STEPS.find((step) => step.name === name)?.page ?? '';
}
