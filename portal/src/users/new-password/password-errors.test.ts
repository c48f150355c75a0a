import { expect, test } from 'vitest';
import { ApiError } from '../../api/error.ts';
import { passwordErrors } from './password-errors.ts';

const refused = (reason: string, kind = 'Invalid') => passwordErrors(new ApiError(kind, reason, 'words'));

test('each refusal stands beside its field', () => {
  expect(Object.keys(refused('PasswordPolicyViolated'))).toEqual(['password']);
  expect(Object.keys(refused('TypingPasswordDisabled', 'Forbidden'))).toEqual(['password']);
  expect(Object.keys(refused('SendPasswordNoTarget'))).toEqual(['send']);
});

test('what belongs to no field stands with the form', () => {
  expect(refused('MayNotActOnCollaborator', 'Forbidden').form).toMatch(/role is lower/);
  expect(Object.keys(passwordErrors(new TypeError('x')))).toEqual(['form']);
  expect(Object.keys(refused('toString'))).toEqual(['form']);
});
