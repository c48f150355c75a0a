import { LRUCache } from 'lru-cache';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../../platform/clock.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { LatchkeyError } from '../../platform/errors.ts';
import { ipKey, type RateLimit, type RateLimits } from '../../platform/rate-limits/index.ts';
import { requestScope } from '../request-scope.ts';
import { ROUTES } from './routes.ts';

/** Apps that failed to prove themselves, by address. Their secrets cannot be guessed; this keeps the noise down. */
const FAILED_CLIENTS: RateLimit = { name: 'failed_clients_per_ip', max: 300, windowMs: 5 * 60_000 };
/** Blocked addresses that a process remembers. */
const REMEMBERED = 10_000;

const LIMITED: ReadonlySet<string> = new Set([ROUTES.token, ROUTES.introspection, ROUTES.revocation]);
/** The library answers an endpoint also in capitals, and with a slash behind it. */
const isLimited = (path: string): boolean => LIMITED.has(path.toLowerCase().replace(/\/$/, ''));

/**
 * Counts apps that could not prove themselves (`invalid_client`), and answers 429 past the limit. An address that
 * is blocked is remembered by the process, so that an app that does prove itself costs no statement: another
 * process learns of the block at the first failure it sees.
 */
export function limitClientFailures(deps: { db: ProjectDb; clock: Clock; rateLimits: RateLimits }) {
  const { db, clock, rateLimits } = deps;
  const blockedUntil = new LRUCache<string, number>({ max: REMEMBERED });

  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (!isLimited(ctx.path)) return next();
    const { origin } = requestScope();
    const ip = ipKey(origin.ipAddress);
    const secondsLeft = Math.ceil(((blockedUntil.get(ip) ?? 0) - clock.now().getTime()) / 1_000);
    if (secondsLeft > 0) return refuse(ctx, secondsLeft);
    await next();
    if (!failedToProve(ctx.body)) return;
    try {
      await rateLimits.use(db, [{ limit: FAILED_CLIENTS, of: ip }], { origin });
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      const seconds = Number(error.info?.retry_after_seconds);
      blockedUntil.set(ip, clock.now().getTime() + seconds * 1_000);
      refuse(ctx, seconds);
    }
  };
}

const failedToProve = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === 'invalid_client';

function refuse(ctx: KoaContextWithOIDC, seconds: number): void {
  ctx.status = 429;
  ctx.set('Retry-After', String(seconds));
  ctx.set('Cache-Control', 'no-store');
  ctx.body = {
    error: 'invalid_client',
    error_description: 'too many failed attempts of clients from this address',
  };
}
