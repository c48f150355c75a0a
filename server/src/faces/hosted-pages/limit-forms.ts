import type { MiddlewareHandler } from 'hono';
import { ipKey, type RateLimit } from '../../platform/rate-limits/index.ts';
import type { HostedPagesDeps } from './deps.ts';
import type { PageContext, PageEnv } from './http.ts';

const WINDOW_MS = 5 * 60_000;

/** Forms sent from one address: enough for an office behind it, and for no flood. */
const FORMS: RateLimit = { name: 'forms_per_ip', max: 600, windowMs: WINDOW_MS };
/** New passwords judged for one address: a script asks while somebody types. */
const JUDGED: RateLimit = { name: 'judged_passwords_per_ip', max: 1200, windowMs: WINDOW_MS };

/** A login is counted by its own act, along with the account it is for; what is judged by `countJudged`. */
const COUNTED_ELSEWHERE = /^\/login\/[^/]+$|\/strength$/;

function count({ database, rateLimits }: HostedPagesDeps, c: PageContext, limit: RateLimit): Promise<void> {
  const origin = c.get('origin');
  const db = database.forProject(c.get('project').id);
  return rateLimits.use(db, [{ limit, of: ipKey(origin.ipAddress) }], { origin });
}

/**
 * Counts each form by the address it comes from, before anything of it is read; the limits of single acts come
 * on top.
 * @throws TooManyRequest `RateLimited`
 */
export function limitForms(deps: HostedPagesDeps): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    if (c.req.method === 'POST' && !COUNTED_ELSEWHERE.test(c.req.path)) await count(deps, c, FORMS);
    await next();
  };
}

/**
 * Counts a password that is to be judged.
 * @throws TooManyRequest `RateLimited`
 */
export const countJudged = (deps: HostedPagesDeps, c: PageContext): Promise<void> => count(deps, c, JUDGED);
