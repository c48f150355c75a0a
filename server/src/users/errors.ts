import { invalid, notFound } from '../platform/errors.ts';
import { type Identity, LOGIN_ID_WORDS, type LoginIDType } from './model.ts';

/** Every reason an act of this capability can be refused for. */
export type UserErrorReason =
  | 'UserNotFound'
  | 'InvalidLoginID'
  | 'InvariantViolated'
  | 'InvalidAccountStatusTransition'
  | 'InvalidCursor';

export const userNotFound = () => notFound('UserNotFound' satisfies UserErrorReason, 'user not found');

/** @param message names the login id and the fix */
export const invalidLoginID = (type: LoginIDType, message: string) =>
  invalid('InvalidLoginID' satisfies UserErrorReason, message, { type });

/** Reason and info are those of Authgear, which clients program against. */
export function duplicatedIdentity(type: Identity['type']) {
  const isLoginID = type !== 'oauth';
  const what = isLoginID ? LOGIN_ID_WORDS[type] : 'account of another provider';
  const name = isLoginID ? 'login_id' : 'oauth';
  return invalid(
    'InvariantViolated' satisfies UserErrorReason,
    `identity already exists: a user signs in with this ${what} already`,
    {
      cause: { kind: 'DuplicatedIdentity' },
      IdentityTypeIncoming: name,
      IdentityTypeExisting: name,
      ...(isLoginID && { LoginIDTypeIncoming: type, LoginIDTypeExisting: type }),
    },
  );
}

export const validPeriodReversed = () =>
  invalid(
    'InvalidAccountStatusTransition' satisfies UserErrorReason,
    '"accountValidFrom" must be before "accountValidUntil"',
    { cause: { kind: 'AccountValidFromShouldBeBeforeAccountValidUntil' } },
  );

export const invalidCursor = () =>
  invalid('InvalidCursor' satisfies UserErrorReason, 'the cursor was not given out by this list');
