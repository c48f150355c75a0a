import type { RateLimit } from '../../platform/rate-limits/index.ts';

const MINUTE_MS = 60_000;

/** Codes that one address on the network may have sent, to whomever: 60 an hour. */
export const CODES_PER_IP: RateLimit = { name: 'signup_codes_per_ip', max: 60, windowMs: 60 * MINUTE_MS };

/** How long a code is good for: it comes by mail, which takes its time. */
export const CODE_LIFETIME_MS = 10 * MINUTE_MS;

/** How long a sign-up may wait for its next step, counted anew from each. */
export const SIGNUP_LIFETIME_MS = 30 * MINUTE_MS;
