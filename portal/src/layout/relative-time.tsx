import { Text, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../words/index.ts';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const AGAIN_AFTER_MS = 30_000;

const relative = new Intl.RelativeTimeFormat('en');
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });

/** "3 hours ago", "in 2 days"; "just now" within a minute. */
export function relativeWords(time: Date, now: Date): string {
  const seconds = (time.getTime() - now.getTime()) / 1000;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? [];
  return unit && size ? relative.format(Math.trunc(seconds / size), unit) : t('time.justNow');
}

/** The day of the week, the date, the time to the second, and the time zone. */
export const exactWords = (time: Date): string => exact.format(time);

interface RelativeTimeProps {
  time: string;
  /** Whether the keyboard reaches it, to show the exact time; off inside a link. */
  focusable?: boolean;
}

/** A point in time in words; the exact one shows on hover and focus. */
export function RelativeTime({ time, focusable = true }: RelativeTimeProps) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), AGAIN_AFTER_MS);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(time);
  return (
    <Tooltip label={exactWords(date)}>
      <Text
        component="time"
        inherit
        span
        dateTime={time}
        // The tooltip must be reachable with the keyboard.
        tabIndex={focusable ? 0 : undefined}
      >
        {relativeWords(date, now)}
      </Text>
    </Tooltip>
  );
}
