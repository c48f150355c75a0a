import type { LatchkeyError } from '../../platform/errors.ts';
import type { Translate } from '../../platform/words/index.ts';

const UNITS = [
  { words: 'wait.days', seconds: 24 * 60 * 60 },
  { words: 'wait.hours', seconds: 60 * 60 },
  { words: 'wait.minutes', seconds: 60 },
] as const;

/** A span of time in words, rounded up: `12 minutes`. */
export function timeWords(t: Translate, seconds: number): string {
  const unit = UNITS.find((candidate) => seconds > candidate.seconds);
  return unit
    ? t(unit.words, { count: Math.ceil(seconds / unit.seconds) })
    : t('wait.seconds', { count: seconds });
}

/** How long to wait, in words. A few minutes where the error does not say. */
export function waitWords(t: Translate, error: LatchkeyError | undefined): string {
  const seconds = error?.info?.retry_after_seconds;
  return typeof seconds === 'number' ? timeWords(t, seconds) : t('wait.while');
}
