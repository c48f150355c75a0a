/** In common use (Unicode Standard Annex 31, table 5), alone or as people do mix them (UTS 39, "highly restrictive"). */
const COMPANIES: readonly string[][] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
  ...[
    'Arabic',
    'Armenian',
    'Bengali',
    'Cyrillic',
    'Devanagari',
    'Ethiopic',
    'Georgian',
    'Greek',
    'Gujarati',
    'Gurmukhi',
    'Hebrew',
    'Kannada',
    'Khmer',
    'Lao',
    'Malayalam',
    'Myanmar',
    'Oriya',
    'Sinhala',
    'Tamil',
    'Telugu',
    'Thaana',
    'Thai',
    'Tibetan',
  ].map((script) => [script]),
];

const PATTERNS = COMPANIES.map((scripts) => {
  const classes = ['Common', 'Inherited', ...scripts].map((script) => `\\p{scx=${script}}`).join('');
  return new RegExp(`^[${classes}]*$`, 'v');
});

/** Decimal digits of different kinds: "8" and the Bengali four look the same. */
const ASCII_DIGIT = /[0-9]/;
const OTHER_DIGIT = /[\p{Nd}--[0-9]]/v;
const ARABIC_DIGIT = /[\u0660-\u0669]/;
const PERSIAN_DIGIT = /[\u06F0-\u06F9]/;

const hasBoth = (text: string, one: RegExp, other: RegExp): boolean => one.test(text) && other.test(text);

/** Whether letters and digits are those of one script, so that none stands for a look-alike of another. */
export const isOneScript = (text: string): boolean =>
  PATTERNS.some((pattern) => pattern.test(text)) &&
  !hasBoth(text, ASCII_DIGIT, OTHER_DIGIT) &&
  !hasBoth(text, ARABIC_DIGIT, PERSIAN_DIGIT);
