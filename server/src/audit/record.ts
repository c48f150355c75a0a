import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import type { NewAuditEntry } from './model.ts';
import { auditStore } from './store.ts';

/** Longer ones are cut off: nobody reads on, and anybody can send them. */
const LONGEST_USER_AGENT = 500;

/**
 * Records what happened, in the transaction of the act itself: both are committed or neither.
 *
 * @param tx the handle the act writes through
 * @param entry must hold no secret: it is shown to every viewer of the project
 */
export async function recordAudit(tx: ProjectDb, clock: Clock, entry: NewAuditEntry): Promise<void> {
  const { activityType, userID, acting, data } = entry;
  const { ipAddress, userAgent, clientID } = acting.origin;
  await auditStore(tx).insert({
    id: newID(clock),
    activityType,
    userID: userID ?? null,
    actor: acting.actor,
    clientID: clientID ?? null,
    ipAddress: ipAddress ?? null,
    userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
    data: data ?? {},
    createdAt: clock.now(),
  });
}
