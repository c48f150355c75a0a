import { createWords, type Translate, type Words } from '../platform/words/index.ts';

let words: Words | undefined;

/**
 * The words of mails in the language wished for, or the nearest there is: `de-AT` gets `de` (RFC 4647, section
 * 3.4), an unknown one the fallback.
 */
export function mailWords(locale: string | null): { locale: string; translate: Translate } {
  words ??= createWords('mails');
  const { locales } = words;
  const [fallback = 'en'] = locales;
  let found: string | undefined;
  for (let tag = (locale ?? '').toLowerCase(); tag !== '' && !found; tag = tag.replace(/-?[^-]*$/, '')) {
    found = locales.find((known) => known.toLowerCase() === tag);
  }
  return { locale: found ?? fallback, translate: words.translator(found ?? fallback) };
}
