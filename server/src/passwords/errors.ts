import {
  forbidden,
  invalid,
  type LatchkeyError,
  notFound,
  tooManyRequests,
  unavailable,
} from '../platform/errors.ts';
import type { Cause } from './model.ts';

/** Every reason an act of this capability can be refused for. */
export type PasswordErrorReason =
  | 'PasswordPolicyViolated'
  | 'PasswordPolicyUnsatisfiable'
  | 'PasswordChangedMeanwhile'
  | 'PasswordNotSet'
  | 'SendPasswordNoTarget'
  | 'SendPasswordWithoutPassword'
  | 'TypingPasswordDisabled'
  | 'UserIsAnonymized'
  | 'LoginIDRequired'
  | 'LoginIDTypeDisabled'
  | 'OperatorExists'
  | 'AuthenticatorNotFound'
  | 'InvariantViolated'
  | 'AccountLockout'
  | 'HashingQueueFull';

type Make = (reason: string, message: string, info?: Record<string, unknown>) => LatchkeyError;

/** Pins the reason to the list above. */
const refuse = (make: Make, reason: PasswordErrorReason, message: string, info?: Record<string, unknown>) =>
  make(reason, message, info);

/** @param causes every rule that is broken, not the first only */
export const policyViolated = (causes: readonly Cause[]) =>
  refuse(invalid, 'PasswordPolicyViolated', 'password policy violated', { causes });

export const policyUnsatisfiable = () =>
  refuse(
    invalid,
    'PasswordPolicyUnsatisfiable',
    'no password can be generated under this policy: remove some of passwords.excluded_keywords',
  );

export const passwordChangedMeanwhile = () =>
  refuse(
    invalid,
    'PasswordChangedMeanwhile',
    'the password was changed by somebody else meanwhile: sign in again',
  );

export const passwordNotSet = () =>
  refuse(invalid, 'PasswordNotSet', 'this user has no password that could be changed');

export const sendPasswordNoTarget = () =>
  refuse(invalid, 'SendPasswordNoTarget', 'no target to send the password: the user has no e-mail login id');

export const sendPasswordWithoutPassword = () =>
  refuse(
    invalid,
    'SendPasswordWithoutPassword',
    'there is no password to send: give one, or "" to have one generated',
  );

export const typingPasswordDisabled = () =>
  refuse(
    forbidden,
    'TypingPasswordDisabled',
    'this project lets nobody but the user type a password: leave it out to have one generated, and send it',
  );

export const userIsAnonymized = () => refuse(invalid, 'UserIsAnonymized', 'user is anonymized');

export const loginIDRequired = () =>
  refuse(
    invalid,
    'LoginIDRequired',
    'a user needs a login id: an e-mail address, a phone number or a username',
  );

export const loginIDTypeDisabled = (type: string, enabled: readonly string[]) =>
  refuse(
    invalid,
    'LoginIDTypeDisabled',
    `users of this project have no login id of the type "${type}": use ${enabled.join(' or ')}`,
    { type, enabled },
  );

export const operatorExists = () =>
  refuse(
    invalid,
    'OperatorExists',
    'this user exists and keeps the password they have: leave the password out to give them the role',
  );

export const authenticatorNotFound = () =>
  refuse(notFound, 'AuthenticatorNotFound', 'authenticator not found');

/** Reason and info are those of Authgear, which clients program against. */
export const duplicatedAuthenticator = () =>
  refuse(
    invalid,
    'InvariantViolated',
    'duplicated authenticator: the user has a password already; reset it to give them another',
    { cause: { kind: 'DuplicatedAuthenticator' }, AuthenticatorType: 'password' },
  );

/** The same of a login id that nobody has. @param seconds until when it is said of this login id */
export const accountLocked = (seconds: number) =>
  refuse(
    tooManyRequests,
    'AccountLockout',
    'too many failed attempts in a row: set another password to go on',
    { retry_after_seconds: seconds },
  );

/** @param seconds when it is worth trying again */
export const hashingQueueFull = (seconds: number) =>
  refuse(unavailable, 'HashingQueueFull', 'too many passwords are being checked at once: try again shortly', {
    retry_after_seconds: seconds,
  });
