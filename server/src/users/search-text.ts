import type { JsonObject } from '../platform/database/index.ts';
import type { Identity } from './model.ts';

/** The claims of OpenID Connect Core 1.0, section 5.1, that people look for others by. */
const NAME_CLAIMS = [
  'name',
  'given_name',
  'middle_name',
  'family_name',
  'nickname',
  'preferred_username',
] as const;

/** Digits to the base 16 that stand nowhere else in a text in lower case. */
const LETTERS = 'ABCDEFGHIJKLMNOP';

/** One UTF-16 code unit as a word of its own. */
function spell(unit: string): string {
  const code = unit.charCodeAt(0);
  return `~${[12, 8, 4, 0].map((shift) => LETTERS[(code >> shift) & 15]).join('')}`;
}

/**
 * What is stored and what is asked for, in one form: without case and compatibility forms, and in ASCII. In
 * a database of the locale C, trigrams are made of ASCII only, so every other letter is spelled out, "м" as
 * "~AEDM". A part of a text stays a part of it.
 */
export const searchForm = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(/[^\x01-\x7E]/g, spell);

/**
 * All that a user is found by, a line each: login ids as typed and as compared, and names. It is written in
 * the transaction that changes any of them.
 */
export function searchText(standardAttributes: JsonObject, identities: readonly Identity[]): string {
  const terms = [
    ...identities.flatMap(({ original, normalized, uniqueKey }) => [original, normalized, uniqueKey]),
    ...NAME_CLAIMS.map((claim) => standardAttributes[claim]).filter((value) => typeof value === 'string'),
  ];
  return [...new Set(terms.map(searchForm))].join('\n');
}
