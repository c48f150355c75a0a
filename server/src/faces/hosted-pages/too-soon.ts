import { LatchkeyError } from '../../platform/errors.ts';
import type { Translate } from '../../platform/words/index.ts';
import { waitWords } from './wait.ts';

/** A refusal that passes by waiting, which the form shows itself, so that nobody loses what was entered. */
export const isTooSoon = (error: unknown): error is LatchkeyError =>
  error instanceof LatchkeyError && (error.reason === 'CodeCooldown' || error.reason === 'RateLimited');

/** How long to wait, in words. */
export const wordsForTooSoon = (t: Translate, error: LatchkeyError): string =>
  t(error.reason === 'CodeCooldown' ? 'forgot.cooldown' : 'forgot.limited', { wait: waitWords(t, error) });
