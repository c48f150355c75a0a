/** Of what is wished for, in UTF-16 code units; anybody can send more, and nobody wishes for so many languages. */
const LONGEST_WISH = 1_000;

/**
 * Chooses the language of a page.
 * @param available the languages there are words in; the first is the fallback
 * @param uiLocales OpenID Connect's `ui_locales`: tags in order of preference, separated by spaces
 * @param acceptLanguage the header of that name (RFC 9110, 12.5.4)
 */
export function chooseLocale(
  available: readonly string[],
  uiLocales: string | undefined,
  acceptLanguage: string | undefined,
): string {
  const asked = uiLocales?.slice(0, LONGEST_WISH).split(/\s+/) ?? [];
  const wished = [...asked, ...byQuality(acceptLanguage?.slice(0, LONGEST_WISH) ?? '')];
  for (const tag of wished) {
    const match = lookUp(available, tag.toLowerCase());
    if (match) return match;
  }
  return available[0] ?? 'en';
}

/** RFC 4647 look-up: the tag itself, then with its last part taken away, and so on. */
function lookUp(available: readonly string[], tag: string): string | undefined {
  for (let range = tag; range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
    const match = available.find((locale) => locale.toLowerCase() === range);
    if (match) return match;
  }
  return undefined;
}

function byQuality(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
