/** A text that stays within its header, whatever it holds: no line break, no control character (RFC 5322, section 2.2). */
export const headerText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
