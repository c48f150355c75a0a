import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { AuditActivityType } from './activity-types.ts';
import type { Acting } from './model.ts';
import { recordAudit } from './record.ts';

type Executed = Extract<AuditActivityType, `ADMIN_API_MUTATION_${string}`>;

/**
 * Records, beside what happened, that it was asked for over the Admin API: by an operator in the portal or
 * by a key. What the command line or a user does is no mutation of the API.
 */
export async function recordMutation(
  tx: ProjectDb,
  clock: Clock,
  entry: { activityType: Executed; userID?: string; acting: Acting; data?: Record<string, unknown> },
): Promise<void> {
  const { type } = entry.acting.actor;
  if (type === 'operator' || type === 'admin_api') await recordAudit(tx, clock, entry);
}
