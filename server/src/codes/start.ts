import type { Origin } from '../audit/index.ts';
import type { JsonObject, ProjectDb } from '../platform/database/index.ts';
import type { Use } from '../platform/rate-limits/index.ts';
import { countMessage } from './count-use.ts';
import type { CodeDeps } from './deps.ts';
import { addSending } from './job.ts';
import { COOLDOWN_MS } from './limits.ts';
import type { Attempt, CodeKind, CodePurpose } from './model.ts';
import { presentAttempt } from './present.ts';
import { addressPurpose, hashKey, newToken } from './secret.ts';
import { codeStore } from './store.ts';

export interface AttemptRequest {
  purpose: CodePurpose;
  kind: CodeKind;
  /** As it was typed; sealed, and erased once a worker has looked it up. */
  address: string;
  /** The one spelling of the login id, which the limits count on; only a keyed hash of it is kept. */
  key: string;
  lifetimeMs: number;
  /** The purpose's own; never a secret. */
  data: JsonObject;
  /** Further limits, counted together with those of the login id. */
  alsoUse?: readonly Use[];
}

/** Longer than any login id; what is behind it cannot make one. */
const LONGEST_ADDRESS = 1_000;

/**
 * Begins an attempt to prove an address. No account is looked up: whether there is one or not, the same limits
 * count, and the same row and job are written. The worker does the rest.
 *
 * @throws TooManyRequest `CodeCooldown` (a minute for each login id), `RateLimited` (five an hour for each)
 */
export async function startAttempt(
  db: ProjectDb,
  deps: CodeDeps,
  request: AttemptRequest,
  origin: Origin,
): Promise<Attempt> {
  const { purpose, kind, lifetimeMs, data } = request;
  const { clock, secrets } = deps;
  const keyHash = hashKey(secrets, purpose, request.key);
  await countMessage(db, deps, keyHash, request.alsoUse ?? [], origin);

  const id = newToken();
  const now = clock.now();
  const attempt = {
    id,
    purpose,
    kind,
    keyHash,
    addressSealed: secrets.seal(addressPurpose(db.projectID, id), request.address.slice(0, LONGEST_ADDRESS)),
    data,
    origin,
    lifetimeMs,
    isPending: true,
    createdAt: now,
    resendAt: new Date(now.getTime() + COOLDOWN_MS),
    expiresAt: new Date(now.getTime() + lifetimeMs),
  };
  await db.transaction(async (tx) => {
    await codeStore(tx).insert(attempt);
    await addSending(tx, id);
  });
  return presentAttempt({ ...attempt, tries: 0 });
}
