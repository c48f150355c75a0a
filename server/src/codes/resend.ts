import type { Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Use } from '../platform/rate-limits/index.ts';
import { countMessage } from './count-use.ts';
import type { CodeDeps } from './deps.ts';
import { invalidCode, usedCode } from './errors.ts';
import { addSending } from './job.ts';
import { COOLDOWN_MS } from './limits.ts';
import type { Attempt, CodePurpose } from './model.ts';
import { presentAttempt } from './present.ts';
import { readToken } from './secret.ts';
import { codeStore } from './store.ts';

/**
 * Has another code or link sent for an attempt, also for one that has run out. What was sent before is void from
 * now on, and the tries count anew.
 *
 * @param of.alsoUse further limits, counted together with those of the login id
 * @throws Invalid `InvalidCode` (there is no such attempt any more), `UsedCode`; TooManyRequest `CodeCooldown`,
 *   `RateLimited`
 */
export async function resendAttempt(
  db: ProjectDb,
  deps: CodeDeps,
  of: { purpose: CodePurpose; id: string; alsoUse?: readonly Use[] },
  origin: Origin,
): Promise<Attempt> {
  const id = readToken(of.id);
  const stored = id === undefined ? undefined : await codeStore(db).find(of.purpose, id);
  if (!stored) throw invalidCode();
  if (stored.usedAt) throw usedCode();
  await countMessage(db, deps, stored.keyHash, of.alsoUse ?? [], origin);

  const now = deps.clock.now().getTime();
  return db.transaction(async (tx) => {
    const again = await codeStore(tx).restart(of.purpose, stored.id, {
      resendAt: new Date(now + COOLDOWN_MS),
      expiresAt: new Date(now + stored.lifetimeMs),
    });
    if (!again) throw usedCode();
    await addSending(tx, again.id);
    return presentAttempt(again);
  });
}
