import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { REASONS } from './reasons.ts';
import { messageStore } from './store.ts';

/**
 * A newer password of the user exists: what still carries an older one is never sent, and loses it. Call it
 * in the transaction that writes the password, before the newer one is enqueued. A message that a worker is
 * sending at this very moment may still arrive; the password in it is void.
 */
export const supersedeMessages = (tx: ProjectDb, clock: Clock, userID: string): Promise<void> =>
  messageStore(tx).supersede(userID, REASONS.superseded, clock.now());
