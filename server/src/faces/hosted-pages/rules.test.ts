import { expect, test } from 'vitest';
import type { CauseName } from '../../passwords/index.ts';
import { createWords } from '../../platform/words/index.ts';
import type { PasswordSettings } from '../../projects/index.ts';
import { passwordRules, ruleLines, ruleNames } from './rules.ts';

const policy = (changes: Partial<PasswordSettings> = {}): PasswordSettings => ({
  min_length: 8,
  uppercase_required: false,
  lowercase_required: false,
  alphabet_required: false,
  digit_required: false,
  symbol_required: false,
  minimum_guessable_level: 0,
  excluded_keywords: [],
  history_size: 0,
  history_days: 0,
  force_change: false,
  expiry_days: 0,
  typing_by_operators: true,
  ...changes,
});

const STRICT = policy({
  uppercase_required: true,
  lowercase_required: true,
  alphabet_required: true,
  digit_required: true,
  symbol_required: true,
  minimum_guessable_level: 3,
  history_size: 5,
});

/** All there are; the compiler says so when one is added. */
const CAUSES = Object.keys({
  PasswordTooShort: 1,
  PasswordUppercaseRequired: 1,
  PasswordLowercaseRequired: 1,
  PasswordAlphabetRequired: 1,
  PasswordDigitRequired: 1,
  PasswordSymbolRequired: 1,
  PasswordContainingExcludedKeywords: 1,
  PasswordBelowGuessableLevel: 1,
  PasswordReused: 1,
  PasswordTooLong: 1,
  PasswordControlCharacter: 1,
  PasswordSameAsCurrent: 1,
} satisfies Record<CauseName, 1>);

const words = createWords('pages');

test.each(words.locales)('every rule has words in %s', (locale) => {
  const lines = ruleLines(STRICT, words.translator(locale), CAUSES);
  expect(lines.map((line) => line.name).sort()).toEqual([...CAUSES].sort());
  for (const { name, text, state } of lines) {
    expect(text).not.toContain(name);
    expect(text).not.toContain('{{');
    expect(state).toBe('broken');
  }
});

test('only what the policy asks is listed; what hardly anybody breaks, once it is broken', () => {
  const t = words.translator('en');
  expect(ruleNames(policy())).toEqual(['PasswordTooShort', 'PasswordContainingExcludedKeywords']);
  expect(ruleLines(policy(), t).map((line) => line.state)).toEqual(['open', 'open']);
  expect(ruleLines(policy(), t, ['PasswordTooLong'])).toMatchObject([
    { name: 'PasswordTooShort', state: 'met' },
    { name: 'PasswordContainingExcludedKeywords', state: 'met' },
    { name: 'PasswordTooLong', state: 'broken', text: 'At most 128 characters' },
  ]);
});

test('password managers read the policy', () => {
  expect(passwordRules(policy())).toBe('minlength: 8; maxlength: 128; allowed: ascii-printable');
  expect(passwordRules(STRICT)).toBe(
    'minlength: 8; maxlength: 128; required: upper; required: lower; required: upper, lower; ' +
      'required: digit; required: special; allowed: ascii-printable',
  );
});
