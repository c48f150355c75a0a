import type { Clock } from '../../platform/clock.ts';
import type { LatchkeyError } from '../../platform/errors.ts';
import type { Translate } from '../../platform/words/index.ts';

const UNITS = [
  { words: 'wait.days', seconds: 24 * 60 * 60 },
  { words: 'wait.hours', seconds: 60 * 60 },
  { words: 'wait.minutes', seconds: 60 },
] as const;

/** How many seconds it is until a moment, rounded up; 0 once it has come. */
export const secondsUntil = (moment: Date, clock: Clock): number =>
  Math.max(0, Math.ceil((moment.getTime() - clock.now().getTime()) / 1_000));

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
