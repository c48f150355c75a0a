const LONGEST = 500;
const HIDDEN = '[hidden]';

/** The forms in which a server may say back what it was told. */
const spellings = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  encodeURIComponent(secret),
];

/**
 * Makes of an error's words something that may be shown and kept: one line, not too long, and without any of the
 * secrets, should the server have repeated them.
 */
export function presentReason(words: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap(spellings)
    .sort((a, b) => b.length - a.length);
  const hidden = forms.reduce((text, form) => text.replaceAll(form, HIDDEN), words);
  const line = hidden.replaceAll(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
