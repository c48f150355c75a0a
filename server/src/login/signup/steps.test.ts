import { expect, it } from 'vitest';
import { normalizeLoginID } from '../../users/index.ts';
import type { Signup, SignupFacts } from './model.ts';
import { currentSignupStep, SIGNUP_STEPS, signupPageOf } from './steps.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const before = new Date(NOW.getTime() - 1);
const after = new Date(NOW.getTime() + 1);

const signup: Signup = {
  attemptID: 'attempt-1',
  address: normalizeLoginID('email', 'alice@example.com'),
  provedAt: null,
  expiresAt: after,
};

const stepOf = (facts: Partial<SignupFacts>) => currentSignupStep({ isSignedIn: false, now: NOW, ...facts });

it.each<[string, Partial<SignupFacts>, string]>([
  ['the address while none was sent a code', {}, 'address'],
  ['the address again once it ran out', { signup: { ...signup, expiresAt: NOW } }, 'address'],
  [
    'the address again once it ran out, proved or not',
    { signup: { ...signup, provedAt: before, expiresAt: NOW } },
    'address',
  ],
  ['the code while it is not proved', { signup }, 'code'],
  ['the password once it is', { signup: { ...signup, provedAt: before } }, 'password'],
  ['the end once somebody is signed in', { isSignedIn: true }, 'finish'],
  ['the end once somebody is signed in, whatever stood open', { signup, isSignedIn: true }, 'finish'],
])('a sign-up stands at %s', (_, facts, step) => {
  expect(stepOf(facts)).toBe(step);
});

it('every step has a page of its own login, and the last none', () => {
  expect(SIGNUP_STEPS.map(({ name }) => [name, signupPageOf(name)])).toEqual([
    ['address', '/signup'],
    ['code', '/signup/code'],
    ['password', '/signup/password'],
    ['finish', ''],
  ]);
});
