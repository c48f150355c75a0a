import { z } from 'zod';

/** The password policy of a project. Lengths count code points; classes are ASCII. */
export const passwordSettings = z.strictObject({
  min_length: z.int().min(1).max(128).default(8).describe('the least number of characters, 1 to 128'),
  uppercase_required: z.boolean().default(false).describe('at least one of A to Z'),
  lowercase_required: z.boolean().default(false).describe('at least one of a to z'),
  alphabet_required: z.boolean().default(false).describe('at least one of A to Z or a to z'),
  digit_required: z.boolean().default(false).describe('at least one of 0 to 9'),
  symbol_required: z
    .boolean()
    .default(false)
    .describe('at least one character that is no letter and no digit'),
  minimum_guessable_level: z.int().min(0).max(5).default(0).describe('the least strength, 1 to 5; 0 is off'),
  excluded_keywords: z
    .array(z.string().trim().min(1).max(128))
    .max(1_000)
    .default([])
    .describe('words that no password may contain'),
  history_size: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('how many former passwords may not return; 0 is off'),
  history_days: z
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .describe('for how many days former passwords may not return; 0 is off'),
  force_change: z
    .boolean()
    .default(false)
    .describe('change passwords that no longer comply at the next login'),
  expiry_days: z
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .describe('days until a password must be changed; 0 is off'),
  typing_by_operators: z
    .boolean()
    .default(true)
    .describe('operators and API keys may type a password; otherwise they have one generated'),
});

export type PasswordSettings = z.output<typeof passwordSettings>;
