import { describe, expect, test } from 'vitest';
import {
  isComplete,
  isSent,
  modesFor,
  type NewPassword,
  passwordInput,
  wouldBeLost,
} from './new-password.ts';

const ALL = { canSend: true, mayType: true };
const NO_EMAIL = { canSend: false, mayType: true };
const NO_TYPING = { canSend: true, mayType: false };

const typed: NewPassword = { mode: 'typed', password: 'correct horse', send: false, expire: true };
const automatic: NewPassword = { ...typed, mode: 'generated' };
const none: NewPassword = { ...typed, mode: 'none' };

describe('the modes', () => {
  test.each([
    [ALL, false, ['typed', 'generated']],
    [NO_EMAIL, false, ['typed']],
    [NO_TYPING, false, ['generated']],
    [{ canSend: false, mayType: false }, false, []],
    [ALL, true, ['none', 'typed', 'generated']],
  ])('%j, optional %j: %j', (options, optional, modes) => {
    expect(modesFor(options, optional)).toEqual(modes);
  });
});

describe('sending', () => {
  test('a typed password goes by mail only when that is ticked', () => {
    expect(isSent(typed, ALL)).toBe(false);
    expect(isSent({ ...typed, send: true }, ALL)).toBe(true);
  });

  test('an automatic one always does', () => {
    expect(isSent(automatic, ALL)).toBe(true);
  });

  test('nothing does without an address, or without a password', () => {
    expect(isSent({ ...typed, send: true }, NO_EMAIL)).toBe(false);
    expect(isSent({ ...none, send: true }, ALL)).toBe(false);
  });
});

describe('what the API is given', () => {
  test('nothing of the field but in the mode that types', () => {
    expect(passwordInput(typed)).toBe('correct horse');
    expect(passwordInput(automatic)).toBe('');
    expect(passwordInput(none)).toBeNull();
  });
});

describe('complete', () => {
  test('typed: only what was checked and keeps the policy', () => {
    expect(isComplete(typed, ALL, true)).toBe(true);
    expect(isComplete(typed, ALL, false)).toBe(false);
    expect(isComplete({ ...typed, password: '' }, ALL, true)).toBe(false);
    expect(isComplete(typed, NO_TYPING, true)).toBe(false);
  });

  test('automatic: wherever it can be sent', () => {
    expect(isComplete(automatic, ALL, false)).toBe(true);
    expect(isComplete(automatic, NO_EMAIL, true)).toBe(false);
  });

  test('none: always', () => {
    expect(isComplete(none, NO_EMAIL, false)).toBe(true);
  });
});

describe('a generated password would be lost', () => {
  const fresh = { password: typed.password, copied: false };

  test('when it is neither copied nor sent', () => {
    expect(wouldBeLost(typed, ALL, fresh)).toBe(true);
  });

  test('but not when copied, sent, changed by hand, typed, or left to the server', () => {
    expect(wouldBeLost(typed, ALL, { ...fresh, copied: true })).toBe(false);
    expect(wouldBeLost({ ...typed, send: true }, ALL, fresh)).toBe(false);
    expect(wouldBeLost({ ...typed, password: 'my own' }, ALL, fresh)).toBe(false);
    expect(wouldBeLost(typed, ALL, undefined)).toBe(false);
    expect(wouldBeLost(automatic, ALL, fresh)).toBe(false);
  });

  test('ticking "send" does not save it where there is no address', () => {
    expect(wouldBeLost({ ...typed, send: true }, NO_EMAIL, fresh)).toBe(true);
  });
});
