import { expect, test } from 'vitest';
import { chooseLocale } from './language.ts';

const available = ['en', 'de', 'pt-BR'];

test.each([
  ['the app asks first', 'de', 'en', 'de'],
  ['the browser when the app asks for nothing', undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['a region is cut off until a language fits', 'xx de-CH', undefined, 'de'],
  ['a whole tag, in any case', 'PT-br', undefined, 'pt-BR'],
  ['the quality orders, not the place', undefined, 'en;q=0.1, de;q=0.7', 'de'],
  ['quality zero means never', undefined, 'de;q=0', 'en'],
  ['the first language when nothing fits', 'fr', 'it', 'en'],
  ['noise does no harm', ' ', ';;,q=,*', 'en'],
  ['what stands far behind in what the app asks for is not read', `${'x-'.repeat(500)}x de`, undefined, 'en'],
  ['nor in what the browser asks for', undefined, `${'x-'.repeat(500)}x, de`, 'en'],
])('%s', (_, uiLocales, acceptLanguage, expected) => {
  expect(chooseLocale(available, uiLocales, acceptLanguage)).toBe(expected);
});
