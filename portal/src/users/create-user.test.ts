import { describe, expect, test } from 'vitest';
import { ApiError } from '../api/error.ts';
import { isTypeRefused, loginIDError } from './create-user.ts';

const error = (reason: string, info?: Record<string, unknown>) =>
  new ApiError('Invalid', reason, "the server's words", info);

describe('beside the login id', () => {
  test('a malformed one says what one looks like', () => {
    expect(loginIDError(error('InvalidLoginID'), 'phone')).toMatch(/country's code/);
    expect(loginIDError(error('InvalidLoginID'), 'email')).toMatch(/alice@example.com/);
  });

  test('one that another user has', () => {
    const duplicate = error('InvariantViolated', { cause: { kind: 'DuplicatedIdentity' } });
    expect(loginIDError(duplicate, 'email')).toMatch(/^Another user has this/);
  });

  test("another invariant speaks in the server's words", () => {
    expect(loginIDError(error('InvariantViolated'), 'email')).toBe("The server's words.");
  });

  test('stands nothing about other refusals', () => {
    expect(loginIDError(error('PasswordPolicyViolated'), 'email')).toBeUndefined();
    expect(loginIDError(new TypeError('x'), 'email')).toBeUndefined();
  });
});

test('a kind of login id that the project does not take is told from a wrong one', () => {
  expect(isTypeRefused(error('LoginIDTypeDisabled'))).toBe(true);
  expect(isTypeRefused(error('InvalidLoginID'))).toBe(false);
});
