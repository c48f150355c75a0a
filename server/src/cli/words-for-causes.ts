import type { Cause, CauseName } from '../passwords/index.ts';

type Info = Record<string, unknown>;

/** What a password must be, by the rule that it broke. */
const RULES: Readonly<Record<CauseName, (info: Info) => string>> = {
  PasswordTooShort: ({ min_length, pw_length }) => `at least ${min_length} characters (it has ${pw_length})`,
  PasswordTooLong: ({ max_length }) => `at most ${max_length} characters`,
  PasswordUppercaseRequired: () => 'an uppercase letter (A to Z)',
  PasswordLowercaseRequired: () => 'a lowercase letter (a to z)',
  PasswordAlphabetRequired: () => 'a letter (A to Z, a to z)',
  PasswordDigitRequired: () => 'a digit (0 to 9)',
  PasswordSymbolRequired: () => 'a symbol: a character that is no letter and no digit',
  PasswordContainingExcludedKeywords: () =>
    "no excluded word, no login ID of the user, not the project's name",
  PasswordBelowGuessableLevel: ({ min_level, pw_level }) =>
    `harder to guess (strength ${pw_level} of ${min_level})`,
  PasswordReused: () => 'none of the passwords that were used before',
  PasswordControlCharacter: () => 'no control characters',
  PasswordSameAsCurrent: () => 'another one than now',
};

/** The broken rules of a password policy in words, one each; none where the error is of another kind. */
export function wordsForCauses(info: Info | undefined): string[] {
  const causes = Array.isArray(info?.causes) ? (info.causes as Cause[]) : [];
  return causes.map(({ Name, Info = {} }) => RULES[Name](Info));
}
