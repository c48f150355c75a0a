import type { SettingKey } from '../settings/setting-values.ts';

/** What *Authentication › Passwords* changes, in the order of its fields. */
export const POLICY_KEYS = [
  'passwords.min_length',
  'passwords.minimum_guessable_level',
  'passwords.excluded_keywords',
  'passwords.uppercase_required',
  'passwords.lowercase_required',
  'passwords.alphabet_required',
  'passwords.digit_required',
  'passwords.symbol_required',
  'passwords.typing_by_operators',
] as const satisfies readonly SettingKey[];

export type PolicyKey = (typeof POLICY_KEYS)[number];
