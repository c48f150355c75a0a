/** Letters that run from right to left, of the scripts a username can have (classes R and AL). */
const RIGHT_TO_LEFT = '[\\p{L}&&[\\p{scx=Hebrew}\\p{scx=Arabic}\\p{scx=Thaana}]]';

const HAS_RIGHT_TO_LEFT = new RegExp(RIGHT_TO_LEFT, 'v');
const STARTS_WITH_LETTER = new RegExp(`^${RIGHT_TO_LEFT}`, 'v');
const ENDS_WITH_LETTER_OR_DIGIT = new RegExp(`[${RIGHT_TO_LEFT}\\p{Nd}]\\p{Mn}*$`, 'v');

/**
 * The Bidi Rule (RFC 5893, section 2) for a text of one script: its parts must not change places when shown.
 * What is left of the rule then is where it starts and ends; digits of one kind are `isOneScript`'s matter.
 */
export const obeysBidiRule = (text: string): boolean =>
  !HAS_RIGHT_TO_LEFT.test(text) || (STARTS_WITH_LETTER.test(text) && ENDS_WITH_LETTER_OR_DIGIT.test(text));
