/** What is wrong with a value. */
export interface Flaw {
  kind: 'type' | 'minLength' | 'maxLength' | 'format';
  /** What it must be: ends the sentence '"birthdate" must be …'. */
  wanted: string;
}

/** Judges one value: the form it is kept in, or what is wrong with it. */
export type Check = (value: unknown) => { value: string } | Flaw;

const LONGEST_URL = 2_000;

/** Control characters, but for the ones that end a line. */
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const LINE_BREAK = /[\n\r]/;

/** A text of 1 to `longest` UTF-16 code units, on one line unless told. */
export function checkText({ longest, lines = false }: { longest: number; lines?: boolean }): Check {
  return (value) => {
    if (typeof value !== 'string') return { kind: 'type', wanted: 'a text' };
    if (value === '') return { kind: 'minLength', wanted: 'left out where there is none, not empty' };
    if (value.length > longest) return { kind: 'maxLength', wanted: `at most ${longest} characters long` };
    const isOff = !value.isWellFormed() || CONTROL.test(value) || (!lines && LINE_BREAK.test(value));
    return isOff
      ? {
          kind: 'format',
          wanted: lines ? 'without control characters' : 'one line without control characters',
        }
      : { value };
  };
}

/** A text that a further rule keeps to its form, or puts into it; undefined for what has none. */
const checkForm =
  (wanted: string, read: (text: string) => string | undefined, longest = 100): Check =>
  (value) => {
    const text = checkText({ longest })(value);
    if ('kind' in text) return text;
    const kept = read(text.value);
    return kept === undefined ? { kind: 'format', wanted } : { value: kept };
  };

/** An absolute address of the web; what a page links to is never a script. */
export const checkURL: Check = checkForm(
  'an address such as https://example.com/ada',
  (text) => {
    const url = URL.parse(text);
    const isWeb = (url?.protocol === 'https:' || url?.protocol === 'http:') && /^https?:\/\/[^/]/i.test(text);
    return isWeb && !/\s/.test(text) ? text : undefined;
  },
  LONGEST_URL,
);

/** Whether there is such a day; the year 0000 stands for one that is not told. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year === 0 ? 2000 : year, month - 1, day));
  if (year > 0 && year < 100) date.setUTCFullYear(year);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** ISO 8601 `YYYY-MM-DD`, `0000-MM-DD` or `YYYY` (OpenID Connect Core 1.0, section 5.1). */
export const checkBirthdate: Check = checkForm('a date such as 1815-12-10, or a year', (text) => {
  const parts = /^(\d{4})(?:-(\d{2})-(\d{2}))?$/.exec(text);
  if (!parts) return undefined;
  const [year = 0, month, day] = parts.slice(1).map((part) => part && Number(part)) as number[];
  const isRight = month === undefined || day === undefined ? year > 0 : isDay(year, month, day);
  return isRight ? text : undefined;
});

/** A name of the IANA time zone database, not an offset. */
export const checkZone: Check = checkForm('a time zone such as Europe/London', (text) => {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(text)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    return undefined;
  }
});

/** BCP 47, in its canonical form. */
export const checkLocale: Check = checkForm('a language tag such as en or zh-Hant-HK', (text) => {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
});
