import type { Origin } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { JsonObject, ProjectDb } from '../platform/database/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import { COOLDOWN_MS } from './limits.ts';
import type { CodePurpose } from './model.ts';
import { hashKey, newToken } from './secret.ts';
import { codeStore } from './store.ts';

/**
 * Begins an attempt on behalf of somebody who knows the account: no limits, no worker. What is to be sent is made
 * with `issueSecret` in the same transaction.
 *
 * @returns the attempt's id
 */
export async function openLink(
  tx: ProjectDb,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
  input: { purpose: CodePurpose; key: string; lifetimeMs: number; data: JsonObject },
  origin: Origin,
): Promise<string> {
  const { purpose, key, lifetimeMs, data } = input;
  const id = newToken();
  const now = clock.now();
  await codeStore(tx).insert({
    id,
    purpose,
    kind: 'link',
    keyHash: hashKey(secrets, purpose, key),
    addressSealed: null,
    data,
    origin,
    lifetimeMs,
    isPending: false,
    createdAt: now,
    resendAt: new Date(now.getTime() + COOLDOWN_MS),
    expiresAt: new Date(now.getTime() + lifetimeMs),
  });
  return id;
}
