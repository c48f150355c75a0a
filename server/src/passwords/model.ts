/** The longest password, in code points of its NFC form. */
export const MAX_PASSWORD_LENGTH = 128;

/** The rules a password can break: Authgear's names, and behind them ours. */
export type CauseName =
  | 'PasswordTooShort'
  | 'PasswordUppercaseRequired'
  | 'PasswordLowercaseRequired'
  | 'PasswordAlphabetRequired'
  | 'PasswordDigitRequired'
  | 'PasswordSymbolRequired'
  | 'PasswordContainingExcludedKeywords'
  | 'PasswordBelowGuessableLevel'
  | 'PasswordReused'
  | 'PasswordTooLong'
  | 'PasswordControlCharacter'
  | 'PasswordSameAsCurrent';

/** A rule that a password breaks, in the form the Admin API shows. */
export interface Cause {
  Name: CauseName;
  /** What the rule asks and what was found; only where there is any. */
  Info?: Record<string, unknown>;
}

/** What else a password must not contain: words that are the first guess of whoever knows the user. */
export interface PolicyHints {
  loginIDs: readonly string[];
  projectName: string;
}

/** How a user proves who they are; without the secret. */
export interface Authenticator {
  id: string;
  userID: string;
  kind: 'primary' | 'secondary';
  type: 'password' | 'oob_otp_email' | 'oob_otp_sms' | 'totp' | 'passkey';
  isDefault: boolean;
  /** From then on the password opens nothing but its own change. */
  expireAfter: Date | null;
  /** There were so many wrong tries in a row that it opens nothing any more. */
  isLocked: boolean;
  createdAt: Date;
  /** When the password was last set; marking it as expired does not count. */
  updatedAt: Date;
}

/** A user's password as it is stored. The hash leaves this capability only to be compared. */
export interface StoredPassword {
  /** The authenticator's id. */
  id: string;
  hash: string;
  expireAfter: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The user's standing after a password was written. */
export interface WrittenPassword {
  passwordVersion: number;
  sessionEpoch: number;
}
