import { invalid, notFound } from '../platform/errors.ts';
import { type Identity, LOGIN_ID_WORDS, type LoginIDType } from './model.ts';

/** Every reason an act of this capability can be refused for. */
export type UserErrorReason =
  | 'UserNotFound'
  | 'InvalidLoginID'
  | 'InvariantViolated'
  | 'InvalidAccountStatusTransition'
  | 'InvalidCursor'
  | 'UserIsAnonymized'
  | 'ValidationFailed';

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

export const userIsAnonymized = () =>
  invalid('UserIsAnonymized' satisfies UserErrorReason, 'user is anonymized');

/** What is wrong with one attribute. */
export interface AttributeCause {
  /** A JSON Pointer (RFC 6901) to it. */
  location: string;
  kind: 'type' | 'minLength' | 'maxLength' | 'format' | 'unknown';
  /** What it must be: ends the sentence '"birthdate" must be …'. */
  wanted: string;
}

/** @param causes everything that is wrong, not the first only */
export function attributesRefused(causes: readonly AttributeCause[]) {
  const sentences = causes.map(
    ({ location, wanted }) => `"${location.slice(1).replaceAll('/', '.')}" must be ${wanted}`,
  );
  return invalid('ValidationFailed' satisfies UserErrorReason, `invalid value: ${sentences.join('; ')}`, {
    causes: causes.map(({ location, kind, wanted }) => ({ location, kind, details: { wanted } })),
  });
}
