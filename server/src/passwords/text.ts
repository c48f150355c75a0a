import { MAX_PASSWORD_LENGTH } from './model.ts';

/**
 * A text of more UTF-16 units is longer than the longest password whatever its normal form: a code point has
 * two units at most, and composing joins four code points at most (Unicode FAQ, Normalization). Normalizing
 * costs more than linear time for some texts, so longer ones are refused before.
 */
const LONGEST_RAW = MAX_PASSWORD_LENGTH * 2 * 4;

/** Control characters, and halves of surrogate pairs, which no encoding can carry. */
const UNTYPABLE = /[\p{Cc}\p{Cs}]/u;

/** A password as it is judged: its normal form, and how many code points that has. */
export interface PasswordText {
  /** NFC (NIST SP 800-63B-4, 3.1.1.2); of a text that is far too long, the text itself. */
  text: string;
  /** In code points. */
  length: number;
  isTooLong: boolean;
  hasControlCharacter: boolean;
}

/** The number of code points, halves of surrogate pairs counting as one each. */
function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Reads a password, of any length, in time linear to it. */
export function readPassword(password: string): PasswordText {
  const text = password.length > LONGEST_RAW ? password : password.normalize('NFC');
  const length = codePoints(text);
  return {
    text,
    length,
    isTooLong: length > MAX_PASSWORD_LENGTH,
    hasControlCharacter: UNTYPABLE.test(text),
  };
}

/** The form in which words are looked for in a password: any case, one normal form. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();
