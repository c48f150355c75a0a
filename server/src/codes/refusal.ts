import type { LatchkeyError } from '../platform/errors.ts';
import { codeExpired, invalidCode, usedCode } from './errors.ts';
import type { StoredAttempt } from './store.ts';

/** Why what was sent for an attempt counts no more; undefined while it does. */
export function refusalOf(stored: StoredAttempt | undefined, now: Date): LatchkeyError | undefined {
  if (!stored) return invalidCode();
  if (stored.usedAt) return usedCode();
  if (stored.voidedAt || !stored.isBound) return invalidCode();
  return stored.expiresAt <= now ? codeExpired() : undefined;
}
