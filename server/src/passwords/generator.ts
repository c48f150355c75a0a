import { randomInt } from 'node:crypto';
import type { PasswordSettings } from '../projects/index.ts';
import { policyUnsatisfiable } from './errors.ts';
import type { PolicyHints } from './model.ts';
import { checkPolicy, excludedWords } from './policy.ts';

/** Without l, I, O, 0 and 1, which people take for each other when they copy from a screen. */
const LOWER = 'abcdefghijkmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGIT = '23456789';
/** None that ends a word in a mail program or needs quoting in a shell's double quotes. */
const SYMBOL = '-~@#%^&*_+=|(){}[]:;<>,.?';

/** 69 bits: out of reach of any guessing through a login page. */
const SHORTEST = 12;
const SHORTEST_WITH_LEVEL = 32;
const MOST_TRIES = 100;

const NO_HINTS: PolicyHints = { loginIDs: [], projectName: '' };

/** Fisher and Yates, from the system's secure random source. */
function shuffle<T>(items: T[]): T[] {
  for (let end = items.length - 1; end > 0; end--) {
    const chosen = randomInt(end + 1);
    [items[end], items[chosen]] = [items[chosen] as T, items[end] as T];
  }
  return items;
}

/** From which characters each place is filled, in random order: one place for each required class. */
function places(policy: PasswordSettings, length: number): string[] {
  const letterIsRequired =
    policy.alphabet_required && !policy.uppercase_required && !policy.lowercase_required;
  const required = [
    policy.uppercase_required && UPPER,
    policy.lowercase_required && LOWER,
    letterIsRequired && UPPER + LOWER,
    policy.digit_required && DIGIT,
    policy.symbol_required && SYMBOL,
  ].filter((characters) => characters !== false);
  const any = LOWER + UPPER + DIGIT + (policy.symbol_required ? SYMBOL : '');
  return shuffle([...required, ...Array<string>(length - required.length).fill(any)]);
}

/** Fills the places one by one, never so that a word is completed; undefined where that ends in a corner. */
function fill(alphabets: readonly string[], words: readonly string[]): string | undefined {
  let password = '';
  for (const alphabet of alphabets) {
    const candidates = [...alphabet];
    let next: string | undefined;
    while (next === undefined && candidates.length > 0) {
      const [candidate = ''] = candidates.splice(randomInt(candidates.length), 1);
      const folded = (password + candidate).toLowerCase();
      if (!words.some((word) => folded.endsWith(word))) next = candidate;
    }
    if (next === undefined) return undefined;
    password += next;
  }
  return password;
}

/**
 * Makes a password that satisfies the policy, each character chosen without bias by the system's secure
 * random source: at least 12 long, at least 32 where a strength is wanted.
 *
 * @throws Invalid `PasswordPolicyUnsatisfiable` where the excluded words leave none
 */
export async function generatePassword(
  policy: PasswordSettings,
  hints: PolicyHints = NO_HINTS,
): Promise<string> {
  const shortest = policy.minimum_guessable_level > 0 ? SHORTEST_WITH_LEVEL : SHORTEST;
  const length = Math.max(shortest, policy.min_length);
  const words = excludedWords(policy, hints);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const password = fill(places(policy, length), words);
    if (password !== undefined && (await checkPolicy(policy, password, hints)).length === 0) return password;
  }
  throw policyUnsatisfiable();
}
