import type { Origin } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { countValidation, forgiveValidation } from './count-use.ts';
import type { CodeDeps } from './deps.ts';
import { invalidCode } from './errors.ts';
import type { CodePurpose, ProvedAttempt } from './model.ts';
import { refusalOf } from './refusal.ts';
import { readToken } from './secret.ts';
import { codeStore, type StoredAttempt } from './store.ts';

/** A token, and the one purpose it is looked at for. */
interface Given {
  purpose: CodePurpose;
  token: string;
}

const proved = ({ id, purpose, kind, data, found }: StoredAttempt): ProvedAttempt => ({
  attemptID: id,
  purpose,
  kind,
  data,
  ...found,
});

/**
 * What a link's token, or the one that `proveCode` gave, proves. It is not used up: mail scanners open links.
 * Only tokens that are refused count against the limit.
 *
 * @throws Invalid `InvalidCode`, `UsedCode`, `CodeExpired`; TooManyRequest `RateLimited` (60 a minute for each IP
 *   address)
 */
export async function findByToken(
  db: ProjectDb,
  { clock, rateLimits }: Pick<CodeDeps, 'clock' | 'rateLimits'>,
  { purpose, token }: Given,
  origin: Origin,
): Promise<ProvedAttempt> {
  await countValidation(db, rateLimits, origin);
  const whole = readToken(token);
  if (whole === undefined) throw invalidCode();
  const found = require(await codeStore(db).findByToken(purpose, whole), clock);
  // A page asks this of one and the same good token again and again, as its password is typed.
  await forgiveValidation(db, rateLimits, origin);
  return found;
}

/**
 * Uses a token up, in the transaction of what it is used for. Of many at once one gets through, and where that
 * transaction fails the token is as good as before. Where it proves an account, the caller holds the user's row.
 *
 * @throws Invalid `InvalidCode`, `UsedCode`, `CodeExpired`
 */
export async function consumeToken(
  tx: ProjectDb,
  { clock }: { clock: Clock },
  { purpose, token }: Given,
): Promise<ProvedAttempt> {
  const whole = readToken(token);
  if (whole === undefined) throw invalidCode();
  const consumed = await codeStore(tx).consume(purpose, whole, clock.now());
  if (consumed) return proved(consumed);
  require(await codeStore(tx).findByToken(purpose, whole), clock);
  throw invalidCode();
}

function require(stored: StoredAttempt | undefined, clock: Clock): ProvedAttempt {
  const refusal = refusalOf(stored, clock.now());
  if (refusal || !stored) throw refusal ?? invalidCode();
  return proved(stored);
}
