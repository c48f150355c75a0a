import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { MessageType } from './model.ts';
import { REASONS } from './reasons.ts';
import { messageStore } from './store.ts';

/**
 * A newer password of the user exists: what still carries an older one, or a link or code from before it, is never
 * sent, and loses it. Call it in the transaction that writes the password, before the newer one is enqueued. A
 * message that a worker is sending at this very moment may still arrive; what is in it is void.
 */
export const supersedeMessages = (tx: ProjectDb, clock: Clock, userID: string): Promise<void> =>
  messageStore(tx).supersede(userID, REASONS.superseded, clock.now());

const RECOVERY: readonly MessageType[] = ['recovery_link', 'recovery_code'];

/** The same for what carries a link or code to set a new password, when there is a newer one of them. */
export const supersedeRecovery = (tx: ProjectDb, clock: Clock, userID: string): Promise<void> =>
  messageStore(tx).supersede(userID, REASONS.newerCode, clock.now(), RECOVERY);
