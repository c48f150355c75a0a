import i18next from 'i18next';
import en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'portal';
    resources: { portal: typeof en };
  }
}

const words = i18next.createInstance();
void words.init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'portal',
  ns: ['portal'],
  resources: { en: { portal: en } },
  // React escapes what it prints.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The words for a key of the catalogue, with what is between {{ }} filled in. */
export const t = words.t;

type KnownReason = keyof typeof en.reason;

const isKnown = (reason: string): reason is KnownReason => Object.hasOwn(en.reason, reason);

/** What to tell the operator about a reason of the server; undefined where the server's own words must do. */
export const wordsForReason = (reason: string): string | undefined =>
  isKnown(reason) ? t(`reason.${reason}`) : undefined;
