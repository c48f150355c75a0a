import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { randomToken, sha256 } from '../platform/ids.ts';
import type { ProjectsDeps } from './deps.ts';
import { firstRunLinkInvalid } from './errors.ts';
import { firstRunStore } from './first-run-store.ts';

const LIFETIME_MS = 60 * 60 * 1_000;

/**
 * The one-time link that makes the first operator. It exists only while the home project has no owner; each
 * start renews it. Tokens are looked up by their SHA-256, so that no comparison's time tells anything of one.
 */
export interface FirstRun {
  /** Whether somebody still has to become the first owner. */
  isNeeded(): Promise<boolean>;
  /** Makes the token anew, valid one hour; an older one is void. Returns undefined once there is an owner. */
  renew(clock?: Clock): Promise<string | undefined>;
  /** Whether the token would be redeemed now; it is not used up. */
  isValid(token: string): Promise<boolean>;
  /**
   * Uses the token up.
   * @param tx the transaction in which the owner is made: failing there gives the token back
   * @throws Forbidden `FirstRunLinkInvalid`
   */
  redeem(token: string, tx?: ProjectDb): Promise<void>;
  void(): Promise<void>;
}

/** Makes the first run. */
export function createFirstRun({ database, clock }: ProjectsDeps): FirstRun {
  const store = firstRunStore(database.kysely);
  return {
    isNeeded: async () => !(await store.hasOwner()),
    async renew(now = clock) {
      if (await store.hasOwner()) {
        await store.remove();
        return undefined;
      }
      const token = randomToken();
      await store.put(sha256(token), new Date(now.now().getTime() + LIFETIME_MS));
      return token;
    },
    isValid: (token) => store.isValid(sha256(token), clock.now()),
    async redeem(token, tx) {
      const taken = await firstRunStore(tx?.kysely ?? database.kysely).take(sha256(token), clock.now());
      if (!taken) throw firstRunLinkInvalid();
    },
    void: () => store.remove(),
  };
}
