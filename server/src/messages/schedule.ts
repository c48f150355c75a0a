const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long to wait after each failed attempt: about an hour in all, as long as most greylisting takes. */
const PAUSES_MS = [15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 40 * MINUTE];

/** How often a message is tried before it has failed; *Retry* allows as many again. */
export const ATTEMPTS = PAUSES_MS.length + 1;

/**
 * When to try again.
 * @param message `attempts` counts those made, the last one included
 * @returns milliseconds to wait; undefined when the attempts are used up
 */
export function pauseAfter(message: { attempts: number; attemptsAllowed: number }): number | undefined {
  const left = message.attemptsAllowed - message.attempts;
  return left > 0 ? PAUSES_MS[Math.max(0, PAUSES_MS.length - left)] : undefined;
}
