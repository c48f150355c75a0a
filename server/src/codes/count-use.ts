import type { Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { LatchkeyError } from '../platform/errors.ts';
import { ipKey, type Use } from '../platform/rate-limits/index.ts';
import type { CodeDeps } from './deps.ts';
import { codeCooldown } from './errors.ts';
import { CODES_PER_HOUR, COOLDOWN, VALIDATIONS } from './limits.ts';

/**
 * Counts a message to whoever has this login id, and what else is to be counted with it: all or nothing.
 * @throws TooManyRequest `CodeCooldown`, `RateLimited`
 */
export async function countMessage(
  db: ProjectDb,
  { rateLimits }: CodeDeps,
  keyHash: Buffer,
  alsoUse: readonly Use[],
  origin: Origin,
): Promise<void> {
  const of = keyHash.toString('base64url');
  const uses = [{ limit: COOLDOWN, of }, { limit: CODES_PER_HOUR, of }, ...alsoUse];
  try {
    await rateLimits.use(db, uses, { origin });
  } catch (error) {
    if (error instanceof LatchkeyError && error.info?.limit === COOLDOWN.name) {
      throw codeCooldown(Number(error.info.retry_after_seconds));
    }
    throw error;
  }
}

const validation = (origin: Origin): Use[] => [{ limit: VALIDATIONS, of: ipKey(origin.ipAddress) }];

/**
 * Counts a code or link that is tried, before it is known to be right or wrong.
 * @throws TooManyRequest `RateLimited`
 */
export const countValidation = (
  db: ProjectDb,
  rateLimits: CodeDeps['rateLimits'],
  origin: Origin,
): Promise<void> => rateLimits.use(db, validation(origin), { origin });

/** Takes the count back: it was no guess. */
export const forgiveValidation = (
  db: ProjectDb,
  rateLimits: CodeDeps['rateLimits'],
  origin: Origin,
): Promise<void> => rateLimits.giveBack(db, validation(origin));
