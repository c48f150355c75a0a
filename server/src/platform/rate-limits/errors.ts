import { tooManyRequests } from '../errors.ts';

/** The one reason why too much of anything is refused. */
export type RateLimitErrorReason = 'RateLimited';

/** @param limit its name */
export const rateLimited = (limit: string, retryAfterSeconds: number) =>
  tooManyRequests(
    'RateLimited' satisfies RateLimitErrorReason,
    `too many attempts; try again in ${retryAfterSeconds} seconds`,
    { limit, retry_after_seconds: retryAfterSeconds },
  );
