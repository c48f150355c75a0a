import { LatchkeyError } from '../platform/errors.ts';

/** Unknown login id, no password, wrong password: one error, so that none can be told from the others. */
export const credentialsRefused = (): LatchkeyError =>
  new LatchkeyError('Unauthorized', 'InvalidCredentials', 'The login ID or the password is not right.');

/** The password was right, but the account may not be used; `info.reason` is what the operators entered. */
export const accountDisabled = (reason?: string): LatchkeyError =>
  new LatchkeyError('Forbidden', 'DisabledUser', 'user is disabled', reason ? { reason } : undefined);
