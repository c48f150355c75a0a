import type { RateLimit } from '../platform/rate-limits/index.ts';

/** Between two messages to one destination. */
export const COOLDOWN_MS = 60_000;

/** One message a minute for each login id, whether it is anybody's or not. */
export const COOLDOWN: RateLimit = { name: 'codes.cooldown', max: 1, windowMs: COOLDOWN_MS };

/** Five an hour for each login id, whether it is anybody's or not. */
export const CODES_PER_HOUR: RateLimit = { name: 'codes.per_login_id', max: 5, windowMs: 60 * 60_000 };

/** Codes and links that one address on the network may try: 60 a minute. */
export const VALIDATIONS: RateLimit = { name: 'codes.validations', max: 60, windowMs: 60_000 };
