import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { codeStore } from './store.ts';

/**
 * Voids every code and link a user was sent and has not used, in the transaction of what takes their ground away,
 * such as a new password. The user's row is locked before.
 */
export const voidCodes = (tx: ProjectDb, { clock }: { clock: Clock }, userID: string): Promise<void> =>
  codeStore(tx).void(userID, clock.now());
