import { invalidLoginID } from '../errors.ts';
import { LOGIN_ID_WORDS, type LoginIDType } from '../model.ts';

/** Above any login id, in UTF-16 code units; what is longer is not even looked at. */
const LONGEST_TEXT = 1_000;

/**
 * What nobody sees or what breaks a line: controls and NUL, bidirectional and zero-width characters, line
 * and paragraph separators, lone surrogates, private use, unassigned, variation selectors.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Compatibility forms and case each are the same to whoever types (Unicode Standard Annex 15). */
const foldOnce = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC');

/** RFC 8264, section 7: what has not settled after three rounds is refused. */
const MOST_ROUNDS = 3;

/** Full-width letters and half-width katakana in their usual width (RFC 8265, section 3.3.1, rule 1). */
const usualWidth = (text: string): string =>
  text.replaceAll(/[\u3000\uFF01-\uFFEE]/g, (character) => character.normalize('NFKC'));

/**
 * The text in its usual width, composed (NFC) and without the spaces around it, which nobody sees a
 * difference in.
 * @throws Invalid `InvalidLoginID` where it is empty, far too long, or holds what cannot be seen
 */
export function visibleText(type: LoginIDType, text: string): string {
  const name = LOGIN_ID_WORDS[type];
  if (text.length > LONGEST_TEXT) throw invalidLoginID(type, `the ${name} is far too long: shorten it`);
  if (INVISIBLE.test(text)) {
    throw invalidLoginID(type, `the ${name} holds a line break or an invisible character: remove it`);
  }
  const trimmed = usualWidth(text).normalize('NFC').trim();
  if (trimmed === '') throw invalidLoginID(type, `the ${name} is empty: fill it in`);
  return trimmed;
}

/**
 * The text in NFKC and lower case, mapped by the tables of Unicode and no locale's (RFC 8265, section 3.3:
 * lower case rather than case folding, so that "ß" and "ss" stay apart). Accents stay.
 * @throws Invalid `InvalidLoginID` where it does not settle
 */
export function foldCase(type: LoginIDType, text: string): string {
  let folded = text;
  for (let round = 0; round <= MOST_ROUNDS; round += 1) {
    const next = foldOnce(folded);
    if (next === folded) return folded;
    folded = next;
  }
  throw invalidLoginID(type, `the ${LOGIN_ID_WORDS[type]} has no stable spelling: use plainer letters`);
}
