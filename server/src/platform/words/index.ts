import i18next from 'i18next';
import deMails from './de/mails.json' with { type: 'json' };
import dePages from './de/pages.json' with { type: 'json' };
import enMails from './en/mails.json' with { type: 'json' };
import enPages from './en/pages.json' with { type: 'json' };

/** The first language is the one that every other falls back to. */
const CATALOGUES = {
  pages: { en: enPages, de: dePages },
  mails: { en: enMails, de: deMails },
} as const;

/** Looks up a text by its dotted key; `values` fill its placeholders and, as `count`, choose its plural. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** The words of one catalogue. */
export interface Words {
  /** BCP 47 tags; the first is the fallback. */
  locales: readonly string[];
  /** The look-up in one language; a language that is not among `locales` gives the fallback. */
  translator(locale: string): Translate;
}

/** Opens a catalogue. What is filled in stays as it is: React escapes what it prints, and text needs none. */
export function createWords(catalogue: keyof typeof CATALOGUES): Words {
  const languages = CATALOGUES[catalogue];
  const locales = Object.keys(languages);
  const words = i18next.createInstance();
  void words.init({
    resources: Object.fromEntries(
      Object.entries(languages).map(([locale, texts]) => [locale, { [catalogue]: texts }]),
    ),
    ns: [catalogue],
    defaultNS: catalogue,
    lng: locales[0],
    fallbackLng: locales[0],
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const translators = new Map<string, Translate>(
    locales.map((locale) => {
      const translate = words.getFixedT(locale);
      return [locale, (key, values) => translate(key, values ?? {})];
    }),
  );
  const fallback: Translate = (key, values) => words.t(key, values ?? {});
  return { locales, translator: (locale) => translators.get(locale) ?? fallback };
}
