/** RFC 8264, section 9.6: letters, digits and marks that are not disallowed by name. */
const LETTER_OR_DIGIT = /[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}\u06FD\u06FE\u0F0B\u3007]/u;
/** Sections 9.6 (exceptions) and 9.9 (conjoining Hangul letters). */
const DISALLOWED =
  /[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7C6\uD7CB-\uD7FB]/u;
/** Section 9.11: every visible character of ASCII. */
const ASCII = /[\x21-\x7E]/;

/** Characters that are right in one place only (RFC 5892, appendix A). Joiners are not among them here. */
const IN_CONTEXT: Record<string, (before: string, after: string) => boolean> = {
  // Middle dot, as in the Catalan "paral·lel".
  '\u00B7': (before, after) => before.endsWith('l') && after.startsWith('l'),
  // Greek lower numeral sign.
  '\u0375': (_, after) => /^\p{Script=Greek}/u.test(after),
  // Hebrew geresh and gershayim.
  '\u05F3': (before) => /\p{Script=Hebrew}$/u.test(before),
  '\u05F4': (before) => /\p{Script=Hebrew}$/u.test(before),
  // Katakana middle dot.
  '\u30FB': (before, after) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(before + after),
};

/** A mark with nothing to stand on, or too many on one letter to read (UTS 39, section 5.4). */
const ODD_MARKS = /^\p{M}|\p{Mn}{5}/u;

/** Whether a text in NFKC is of the IdentifierClass (RFC 8264, section 4.2), what cannot be seen aside. */
export function isIdentifier(text: string): boolean {
  let before = '';
  for (const character of text) {
    const after = text.slice(before.length + character.length);
    const inContext = IN_CONTEXT[character];
    const valid = inContext
      ? inContext(before, after)
      : ASCII.test(character) || (LETTER_OR_DIGIT.test(character) && !DISALLOWED.test(character));
    if (!valid) return false;
    before += character;
  }
  return !ODD_MARKS.test(text);
}
