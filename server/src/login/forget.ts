import type { ProjectDb } from '../platform/database/index.ts';
import { flowStore } from './store.ts';

/** Forgets what logins under way have proved of a user who is being deleted, in the caller's transaction. */
export const forgetLogins = (tx: ProjectDb, userID: string): Promise<void> => flowStore(tx).removeOf(userID);
