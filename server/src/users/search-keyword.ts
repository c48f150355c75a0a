import { isUUID, parseGlobalID } from '../platform/ids.ts';
import type { Wanted } from './search-store.ts';
import { searchForm } from './search-text.ts';

/** More words than anybody types; a longer text is looked for as it stands. */
const MOST_WORDS = 8;

/** A phone number the way people write it; it is stored without what stands between the digits. */
const PHONE = /^\+[\d\s()./-]+$/;

function wordsOf(text: string): string[] {
  if (PHONE.test(text)) return [text.replaceAll(/[^+\d]/g, '')];
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.length > MOST_WORDS ? [text] : words;
}

/** What a keyword looks for; without one, or with nothing but spaces, everybody. */
export function wantedBy(keyword = ''): Wanted {
  const text = keyword.normalize('NFKC').trim();
  const id = isUUID(text) ? text.toLowerCase() : parseGlobalID('User', text);
  return { words: wordsOf(text).map(searchForm), id };
}
