import type { Origin } from '../audit/index.ts';
import { proveCode } from '../codes/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { RecoveryDeps } from './deps.ts';

/**
 * Tries a code. Right, it gives a token that opens and redeems like a link's.
 * @throws Invalid `InvalidCode`, `CodeExpired`, `UsedCode`; TooManyRequest `TooManyTries`, `RateLimited`
 */
export const proveRecoveryCode = (
  db: ProjectDb,
  deps: RecoveryDeps,
  { attemptID, code }: { attemptID: string; code: string },
  origin: Origin,
): Promise<{ token: string }> => proveCode(db, deps, { purpose: 'recovery', attemptID, code }, origin);
