import type { PasswordSettings } from '../projects/index.ts';
import { type Cause, MAX_PASSWORD_LENGTH, type PolicyHints } from './model.ts';
import { passwordStrength } from './strength.ts';
import { fold, type PasswordText, readPassword } from './text.ts';

/** A rule returns nothing where it is kept, otherwise what goes into the cause's `Info`. */
type Rule = (
  policy: PasswordSettings,
  password: PasswordText,
  hints: PolicyHints,
) => Cause | undefined | Promise<Cause | undefined>;

const cause = (isBroken: boolean, Name: Cause['Name'], Info?: Cause['Info']): Cause | undefined =>
  isBroken ? { Name, ...(Info && { Info }) } : undefined;

/** The words no password of this user may contain, folded. */
export const excludedWords = (policy: PasswordSettings, hints: PolicyHints): string[] =>
  [...policy.excluded_keywords, ...hints.loginIDs, hints.projectName]
    .map((word) => fold(word.trim()))
    .filter((word) => word !== '');

/**
 * The rules in the order their causes are listed. Classes are ASCII, and a symbol is whatever is neither an
 * ASCII letter nor an ASCII digit, as Authgear has it. Words and strength are not looked at in a password
 * that is too long: they cost too much there, and it is refused anyway.
 */
const RULES: readonly Rule[] = [
  ({ min_length }, { length }) =>
    cause(length < min_length, 'PasswordTooShort', { min_length, pw_length: length }),
  (_, { length, isTooLong }) =>
    cause(isTooLong, 'PasswordTooLong', { max_length: MAX_PASSWORD_LENGTH, pw_length: length }),
  (policy, { text }) => cause(policy.uppercase_required && !/[A-Z]/.test(text), 'PasswordUppercaseRequired'),
  (policy, { text }) => cause(policy.lowercase_required && !/[a-z]/.test(text), 'PasswordLowercaseRequired'),
  (policy, { text }) => cause(policy.alphabet_required && !/[A-Za-z]/.test(text), 'PasswordAlphabetRequired'),
  (policy, { text }) => cause(policy.digit_required && !/[0-9]/.test(text), 'PasswordDigitRequired'),
  (policy, { text }) => cause(policy.symbol_required && !/[^A-Za-z0-9]/.test(text), 'PasswordSymbolRequired'),
  (_, { hasControlCharacter }) => cause(hasControlCharacter, 'PasswordControlCharacter'),
  (policy, { text, isTooLong }, hints) => {
    if (isTooLong) return undefined;
    const folded = fold(text);
    const isBroken = excludedWords(policy, hints).some((word) => folded.includes(word));
    return cause(isBroken, 'PasswordContainingExcludedKeywords');
  },
  async ({ minimum_guessable_level: min_level }, { text, isTooLong }, hints) => {
    if (isTooLong || min_level === 0) return undefined;
    const pw_level = await passwordStrength(text, hints);
    return cause(pw_level < min_level, 'PasswordBelowGuessableLevel', { min_level, pw_level });
  },
];

/**
 * What a policy says of a password, its history aside: every rule that is broken, none where it complies.
 * @param hints the user's login ids and the project's name, which always count as excluded words
 */
export async function checkPolicy(
  policy: PasswordSettings,
  password: string,
  hints: PolicyHints,
): Promise<Cause[]> {
  const read = readPassword(password);
  const found = await Promise.all(RULES.map((rule) => rule(policy, read, hints)));
  return found.filter((broken) => broken !== undefined);
}
