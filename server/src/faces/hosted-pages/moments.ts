const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 24 * 60 * 60_000],
  ['hour', 60 * 60_000],
  ['minute', 60_000],
];

/**
 * How long ago something was, in words: `3 hours ago`. A server does not know the visitor's time zone, so it names
 * no hour of the day.
 */
export function agoWords(locale: string, at: Date, now: Date): string {
  const ago = Math.max(0, now.getTime() - at.getTime());
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = UNITS.find(([, length]) => ago >= length);
  return unit ? format.format(-Math.floor(ago / unit[1]), unit[0]) : format.format(0, 'second');
}
