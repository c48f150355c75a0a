import { forbidden, unauthorized } from '../platform/errors.ts';

/** Every reason a login can be refused for. */
export type LoginErrorReason = 'InvalidCredentials' | 'DisabledUser';

/** Unknown login id, no password, wrong password: one error, so that none can be told from the others. */
export const credentialsRefused = () =>
  unauthorized('InvalidCredentials' satisfies LoginErrorReason, 'The login ID or the password is not right.');

/** The password was right, but the account may not be used; `info.reason` is what the operators entered. */
export const accountDisabled = (reason?: string) =>
  forbidden('DisabledUser' satisfies LoginErrorReason, 'user is disabled', reason ? { reason } : undefined);
