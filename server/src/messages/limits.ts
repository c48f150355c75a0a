import type { RateLimit } from '../platform/rate-limits/index.ts';

/** Test mails of a project: enough to get a mail server right, far too few to look for one. */
export const TEST_MAILS: RateLimit = { name: 'test_mails', max: 20, windowMs: 10 * 60_000 };
