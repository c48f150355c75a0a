import type { Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { countValidation } from './count-use.ts';
import type { CodeDeps } from './deps.ts';
import { codeExpired, invalidCode, tooManyTries, usedCode } from './errors.ts';
import { type CodePurpose, TRIES } from './model.ts';
import { isCode, newToken, readCode, readToken } from './secret.ts';
import { codeStore, type StoredAttempt } from './store.ts';

/** How long a right code may wait for what comes after it, such as a new password. */
const PROVED_LIFETIME_MS = 20 * 60_000;

/**
 * Tries a code at an attempt. Each try is counted before it is compared, so that of any number at once five get
 * through. Spaces and hyphens between the digits are fine; what is no code is refused and not counted. With a
 * wrong code, no answer tells whether there was a right one.
 *
 * @returns a token that stands for the code from now on, for twenty minutes, and is used up as a link's is
 * @throws Invalid `InvalidCode`, `CodeExpired`, `UsedCode` (of a right code only); TooManyRequest `TooManyTries`,
 *   `RateLimited` (60 a minute for each IP address)
 */
export async function proveCode(
  db: ProjectDb,
  { clock, secrets, rateLimits }: CodeDeps,
  input: { purpose: CodePurpose; attemptID: string; code: string },
  origin: Origin,
): Promise<{ token: string }> {
  await countValidation(db, rateLimits, origin);
  const { purpose } = input;
  const code = readCode(input.code);
  const attemptID = readToken(input.attemptID);
  if (code === undefined || attemptID === undefined) throw invalidCode();

  const stored = await codeStore(db).takeTry(purpose, attemptID);
  if (!stored) throw await whyNoTry(db, purpose, attemptID);
  const now = clock.now();
  const isRight = isCode(secrets, { projectID: db.projectID, purpose, attemptID }, code, stored.codeHash);
  if (stored.expiresAt <= now) throw codeExpired();
  if (!isRight) throw invalidCode();

  const token = newToken();
  const expiresAt = new Date(now.getTime() + PROVED_LIFETIME_MS);
  if (!(await codeStore(db).prove(stored, token, { now, expiresAt }))) throw await whyNotProved(db, stored);
  return { token };
}

async function whyNoTry(db: ProjectDb, purpose: CodePurpose, attemptID: string) {
  const stored = await codeStore(db).find(purpose, attemptID);
  return stored?.kind === 'code' && stored.tries >= TRIES ? tooManyTries() : invalidCode();
}

async function whyNotProved(db: ProjectDb, { purpose, id }: Pick<StoredAttempt, 'purpose' | 'id'>) {
  const stored = await codeStore(db).find(purpose, id);
  return stored?.provedAt || stored?.usedAt ? usedCode() : invalidCode();
}
