export { ipKey } from './ip-key.ts';
export type { Block, RateLimit, RateLimits, Use } from './model.ts';
export { createRateLimits } from './rate-limits.ts';
export { sweepRateLimits } from './sweep.ts';
