import { expect, test } from 'vitest';
import { createWords } from './index.ts';

const CATALOGUES = ['pages', 'mails'] as const;

const files = {
  pages: { en: './en/pages.json', de: './de/pages.json' },
  mails: { en: './en/mails.json', de: './de/mails.json' },
};

/** Every text of a catalogue by its dotted key. */
async function texts(path: string): Promise<Map<string, string>> {
  const { default: tree } = (await import(path, { with: { type: 'json' } })) as { default: object };
  const flat = (node: object, prefix: string): [string, string][] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
    );
  return new Map(flat(tree, ''));
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').sort();

test.each(CATALOGUES)('every language says everything of %s, about the same things', async (catalogue) => {
  const en = await texts(files[catalogue].en);
  const de = await texts(files[catalogue].de);
  expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
  expect(en.size).toBeGreaterThan(10);
  for (const [key, text] of en) {
    expect([key, text.trim()]).not.toEqual([key, '']);
    expect([key, placeholders(de.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  }
});

const words = createWords('pages');

test('each language speaks for itself, and English for those there are no words in', () => {
  expect(words.locales).toEqual(['en', 'de']);
  expect(words.translator('de')('login.title')).toBe('Anmelden');
  expect(words.translator('fr')('login.title')).toBe('Sign in');
});

test('a number chooses the plural', () => {
  const t = words.translator('en');
  expect(t('rules.PasswordTooShort', { count: 1 })).toBe('At least 1 character');
  expect(t('rules.PasswordTooShort', { count: 8 })).toBe('At least 8 characters');
});

test.each(['$t(login.password)', '{{client}}', '<b>&"', '$&'])('what is filled in stays %s', (client) => {
  expect(words.translator('en')('login.intro', { client })).toBe(`to continue to ${client}`);
});
