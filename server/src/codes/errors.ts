import { invalid, tooManyRequests } from '../platform/errors.ts';

/** Every reason a code or link can be refused for. None says whether an account is behind it. */
export type CodeErrorReason = 'InvalidCode' | 'UsedCode' | 'CodeExpired' | 'TooManyTries' | 'CodeCooldown';

/** Wrong, of another purpose, or void: a newer one was sent, or the account has changed since. */
export const invalidCode = () =>
  invalid('InvalidCode' satisfies CodeErrorReason, 'this code or link does not work: ask for a new one');

export const usedCode = () =>
  invalid('UsedCode' satisfies CodeErrorReason, 'this code or link has been used: ask for a new one');

export const codeExpired = () =>
  invalid('CodeExpired' satisfies CodeErrorReason, 'this code or link has run out: ask for a new one');

export const tooManyTries = () =>
  tooManyRequests(
    'TooManyTries' satisfies CodeErrorReason,
    'too many wrong codes were entered: ask for a new one',
  );

/** @param seconds when another one can be asked for */
export const codeCooldown = (seconds: number) =>
  tooManyRequests(
    'CodeCooldown' satisfies CodeErrorReason,
    `one was sent a moment ago: ask for another in ${seconds} seconds`,
    { retry_after_seconds: seconds },
  );
