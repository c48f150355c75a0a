import { alreadyExists, forbidden, unauthorized } from '../platform/errors.ts';

/** Every reason a login can be refused for. */
export type LoginErrorReason = 'InvalidCredentials' | 'DisabledUser' | 'SignupDisabled' | 'AddressTaken';

/** Unknown login id, no password, wrong password: one error, so that none can be told from the others. */
export const credentialsRefused = () =>
  unauthorized('InvalidCredentials' satisfies LoginErrorReason, 'The login ID or the password is not right.');

/** The password was right, but the account may not be used; `info.reason` is what the operators entered. */
export const accountDisabled = (reason?: string) =>
  forbidden('DisabledUser' satisfies LoginErrorReason, 'user is disabled', reason ? { reason } : undefined);

export const signupDisabled = () =>
  forbidden('SignupDisabled' satisfies LoginErrorReason, 'nobody can create an account of their own here');

/** Told only to who has proved to own the address. */
export const addressTaken = () =>
  alreadyExists(
    'AddressTaken' satisfies LoginErrorReason,
    'an account has this address meanwhile: sign in, or set a new password',
  );
