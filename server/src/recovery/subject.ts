import type { Origin } from '../audit/index.ts';
import { type Found, findByToken, type ProvedAttempt } from '../codes/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import type { RecoveryDeps } from './deps.ts';
import type { RecoveryData } from './model.ts';

/** Whom a token of a recovery proves, and what the recovery remembers. */
export type ProvedRecovery = Found & { kind: ProvedAttempt['kind']; data: RecoveryData };

/** What a token proves of a recovery; nothing is made for one without somebody behind it. */
export function provedRecovery({ userID, identityID, kind, data }: ProvedAttempt): ProvedRecovery {
  if (userID === undefined || identityID === undefined) throw new Error('a recovery that proves nobody');
  return { userID, identityID, kind, data: data as RecoveryData };
}

export interface RecoverySubject {
  userID: string;
  /** The address it was sent to, then the user's other login ids: no password may hold one of them. */
  loginIDs: string[];
  clientID?: string;
}

/**
 * Whose password a link or a proved code is good for. It is not used up.
 * @throws Invalid `InvalidCode`, `UsedCode`, `CodeExpired`; TooManyRequest `RateLimited`
 */
export async function recoverySubject(
  db: ProjectDb,
  deps: RecoveryDeps,
  { token }: { token: string },
  origin: Origin,
): Promise<RecoverySubject> {
  const proved = await findByToken(db, deps, { purpose: 'recovery', token }, origin);
  const { userID, identityID, data } = provedRecovery(proved);
  const identities = await userStore(db).identitiesOf(userID);
  const loginIDs = identities
    .filter(({ type }) => type !== 'oauth')
    .sort((a, b) => Number(b.id === identityID) - Number(a.id === identityID))
    .map(({ original }) => original);
  return { userID, loginIDs, ...(data.clientID !== null && { clientID: data.clientID }) };
}
