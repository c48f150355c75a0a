import type { Origin } from '../audit/index.ts';
import { type Attempt, resendAttempt } from '../codes/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { RecoveryDeps } from './deps.ts';
import { requestsOfIP } from './limits.ts';

/**
 * Asks for another link or code in the place of the one before, which is void from now on.
 * @throws Invalid `InvalidCode` (there is no such attempt any more), `UsedCode`; TooManyRequest `CodeCooldown`,
 *   `RateLimited`
 */
export async function resendRecovery(
  db: ProjectDb,
  deps: RecoveryDeps,
  { id }: { id: string },
  origin: Origin,
): Promise<Attempt> {
  const { recovery } = await deps.projects.settings(deps.project);
  const of = { purpose: 'recovery', id, alsoUse: [requestsOfIP(recovery, origin)] } as const;
  return resendAttempt(db, deps, of, origin);
}
