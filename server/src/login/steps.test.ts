import { describe, expect, it } from 'vitest';
import type { User } from '../users/index.ts';
import type { LoginFacts, Proof } from './model.ts';
import { currentStep, pageOf, STEPS } from './steps.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const before = new Date(NOW.getTime() - 1);
const after = new Date(NOW.getTime() + 1);

const user: User = {
  id: 'alice',
  standardAttributes: {},
  customAttributes: {},
  locale: null,
  sessionEpoch: 3,
  passwordVersion: 5,
  isDisabled: false,
  disableReason: null,
  isAnonymized: false,
  anonymizeAt: null,
  deleteAt: null,
  deleteReason: null,
  accountValidFrom: null,
  accountValidUntil: null,
  temporarilyDisabledFrom: null,
  temporarilyDisabledUntil: null,
  lastLoginAt: null,
  createdAt: before,
  updatedAt: before,
};

const proof: Proof = {
  userID: 'alice',
  sessionEpoch: 3,
  passwordVersion: 5,
  mustChange: false,
  provedAt: before,
  expiresAt: after,
};

const facts: LoginFacts = { proof, user, passwordExpired: false, now: NOW };

const stepWith = (changes: {
  proof?: Partial<Proof>;
  user?: Partial<User>;
  passwordExpired?: boolean;
}): string =>
  currentStep({
    ...facts,
    ...changes,
    proof: { ...proof, ...changes.proof },
    user: { ...user, ...changes.user },
  });

describe('a login stands at', () => {
  it('the first page while nothing is proved, or by a user that is gone', () => {
    expect(currentStep({ passwordExpired: false, now: NOW })).toBe('identify');
    expect(currentStep({ ...facts, user: undefined })).toBe('identify');
  });

  it('the password again once the proof was overtaken', () => {
    expect(stepWith({ proof: { passwordVersion: 4 } })).toBe('password');
    expect(stepWith({ proof: { sessionEpoch: 2 } })).toBe('password');
    expect(stepWith({ proof: { expiresAt: NOW } })).toBe('password');
    expect(stepWith({ user: { passwordVersion: 6 } })).toBe('password');
  });

  it('the status of an account that may not be used, before a change is asked for', () => {
    const forbidden: Partial<User>[] = [
      { isDisabled: true },
      { isAnonymized: true },
      { deleteAt: after },
      { accountValidFrom: after },
      { accountValidUntil: NOW },
      { temporarilyDisabledFrom: NOW, temporarilyDisabledUntil: after },
      { temporarilyDisabledUntil: after },
    ];
    for (const status of forbidden) {
      expect(stepWith({ user: status, proof: { mustChange: true } })).toBe('status');
    }
  });

  it('the end for an account whose bounds do not hold it back now', () => {
    const allowed: Partial<User>[] = [
      { accountValidFrom: NOW, accountValidUntil: after },
      { temporarilyDisabledFrom: before, temporarilyDisabledUntil: NOW },
      { temporarilyDisabledFrom: after, temporarilyDisabledUntil: null },
      { disableReason: 'was disabled once' },
    ];
    for (const status of allowed) expect(stepWith({ user: status })).toBe('finish');
  });

  it('the change while the password may not be used any longer', () => {
    expect(stepWith({ proof: { mustChange: true } })).toBe('change');
    expect(stepWith({ passwordExpired: true })).toBe('change');
  });
});

it('every step has a page of its own login, and the last none', () => {
  expect(STEPS.map(({ name }) => [name, pageOf(name)])).toEqual([
    ['identify', ''],
    ['password', ''],
    ['status', ''],
    ['change', '/change-password'],
    ['finish', ''],
  ]);
});
