import { expect, test } from 'vitest';
import { relativeWords } from './relative-time.tsx';

const NOW = new Date('2026-06-15T12:00:00Z');
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, 'just now'],
  [59, 'just now'],
  [-59, 'just now'],
  [MINUTE, '1 minute ago'],
  [HOUR - 1, '59 minutes ago'],
  [HOUR, '1 hour ago'],
  [DAY - 1, '23 hours ago'],
  [DAY, '1 day ago'],
  [7 * DAY, '1 week ago'],
  [29 * DAY, '4 weeks ago'],
  [30 * DAY, '1 month ago'],
  [365 * DAY, '1 year ago'],
  [-23 * HOUR, 'in 23 hours'],
  [-20 * DAY, 'in 2 weeks'],
])('%i seconds back: %s', (secondsAgo, words) => {
  expect(relativeWords(new Date(NOW.getTime() - secondsAgo * 1000), NOW)).toBe(words);
});
