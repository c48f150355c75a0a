import { invalidLoginID } from '../errors.ts';
import type { LoginID } from '../model.ts';
import { obeysBidiRule } from './bidi-rule.ts';
import { isIdentifier } from './identifier-class.ts';
import { isOneScript } from './scripts.ts';
import { foldCase } from './visible-text.ts';

/** Code points. */
const LONGEST = 64;

/** What a username must be, in the order it is asked; each with what to change. */
const RULES: readonly [holds: (name: string) => boolean, otherwise: string][] = [
  [
    (name) => !name.includes('@'),
    'a username holds no "@": leave it out, or use the address as an e-mail address',
  ],
  [(name) => !name.startsWith('+'), 'a username does not start with "+": leave it out'],
  [(name) => !/^\p{Nd}+$/u.test(name), 'a username is not made of digits alone: add a letter'],
  [(name) => [...name].length <= LONGEST, `a username has ${LONGEST} characters at the most: shorten it`],
  [
    isIdentifier,
    'a username holds letters, digits and the signs of an English keyboard, and no spaces: leave out the rest',
  ],
  [
    isOneScript,
    'a username keeps to the letters and digits of one script: they look too much alike otherwise',
  ],
  [
    obeysBidiRule,
    'a username written from right to left starts with a letter and ends with a letter or digit: reorder it',
  ],
];

/**
 * A username as RFC 8265, section 3.3 (UsernameCaseMapped) has it, with NFKC in the place of NFC and width
 * mapping, and stricter where names could be taken for one another: joiners, several scripts, several kinds
 * of digits and long rows of marks are refused. None can pose as an e-mail address or a phone number.
 * @throws Invalid `InvalidLoginID`
 */
export function normalizeUsername(text: string): Pick<LoginID, 'normalized' | 'uniqueKey'> {
  const name = foldCase('username', text);
  for (const [holds, otherwise] of RULES) if (!holds(name)) throw invalidLoginID('username', otherwise);
  return { normalized: name, uniqueKey: name };
}
