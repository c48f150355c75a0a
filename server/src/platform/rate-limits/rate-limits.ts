import type { Clock } from '../clock.ts';
import type { ProjectDb } from '../database/index.ts';
import type { Secrets } from '../secrets.ts';
import { rateLimited } from './errors.ts';
import type { Block, RateLimits, Use } from './model.ts';
import { rateLimitStore } from './store.ts';

interface Deps {
  clock: Clock;
  secrets: Secrets;
  /** Told of the first use that a limit refuses in a window, before the refusal is thrown. */
  onBlock?(db: ProjectDb, block: Block): Promise<void>;
}

/** Half of an HMAC-SHA-256: no two uses meet in it, and nobody without the secret can look one up. */
const KEY_BYTES = 16;

/** Makes the limits. Another first `LATCHKEY_SECRET` begins all windows anew. */
export function createRateLimits({ clock, secrets, onBlock }: Deps): RateLimits {
  const keyOf = ({ limit, of }: Use): Buffer =>
    secrets.hmac('rate-limits', `${limit.name}\n${of}`).subarray(0, KEY_BYTES);

  const settle: RateLimits['settle'] = (db, { giveBack, clear }) =>
    rateLimitStore(db).settle(giveBack.map(keyOf), clear.map(keyOf), clock.now());

  return {
    async use(db, uses, usage) {
      if (db.inTransaction) throw new Error('a transaction that fails would take the count back');
      const now = clock.now();
      const counted = uses.map((use) => ({
        key: keyOf(use),
        max: use.limit.max,
        endsAt: new Date(now.getTime() + use.limit.windowMs),
      }));
      const refused = (await rateLimitStore(db).use(counted, now)).flatMap(({ index, ...refusal }) => {
        const limit = uses[index]?.limit;
        return limit ? [{ limit, ...refusal }] : [];
      });
      for (const { limit, blockedUntil: endsAt, isFirst } of refused) {
        if (isFirst) await onBlock?.(db, { ...usage, limit, endsAt });
      }
      const [longest] = refused.sort((a, b) => b.blockedUntil.getTime() - a.blockedUntil.getTime());
      if (!longest) return;
      const seconds = Math.ceil((longest.blockedUntil.getTime() - now.getTime()) / 1000);
      throw rateLimited(longest.limit.name, seconds);
    },

    settle,
    giveBack: (db, uses) => settle(db, { giveBack: uses, clear: [] }),
    clear: (db, uses) => settle(db, { giveBack: [], clear: uses }),

    async peek(db, uses) {
      const keys = uses.map(keyOf);
      const rows = await rateLimitStore(db).find(keys, clock.now());
      return keys.map((key) => {
        const row = rows.find((candidate) => key.equals(candidate.key));
        return { count: row?.count ?? 0, endsAt: row?.ends_at ?? null };
      });
    },
  };
}
