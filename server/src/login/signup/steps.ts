import type { SignupFacts, SignupStepName } from './model.ts';

interface SignupStep {
  name: SignupStepName;
  /** The page that asks for it, relative to the login's own address; undefined where nothing is asked. */
  page: '/signup' | '/signup/code' | '/signup/password' | undefined;
  settled(facts: SignupFacts): boolean;
}

/**
 * The steps of a sign-up in the order they must be passed. A sign-up stands at the first step that is not
 * settled, whatever address was asked for; past the last one the steps of the login go on. There is no account
 * before the password, and no password before the address is proved.
 */
export const SIGNUP_STEPS: readonly SignupStep[] = [
  {
    name: 'address',
    page: '/signup',
    settled: ({ isSignedIn, signup, now }) => isSignedIn || (signup !== undefined && signup.expiresAt > now),
  },
  {
    name: 'code',
    page: '/signup/code',
    settled: ({ isSignedIn, signup }) => isSignedIn || !!signup?.provedAt,
  },
  { name: 'password', page: '/signup/password', settled: ({ isSignedIn }) => isSignedIn },
  { name: 'finish', page: undefined, settled: () => false },
];

/** The step a sign-up stands at. */
export function currentSignupStep(facts: SignupFacts): SignupStepName {
  return SIGNUP_STEPS.find((step) => !step.settled(facts))?.name ?? 'finish';
}

/** The page of a step, relative to the login's own address, such as `/signup/code`. */
export function signupPageOf(name: SignupStepName): string {
  return SIGNUP_STEPS.find((step) => step.name === name)?.page ?? '';
}
