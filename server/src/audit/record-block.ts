import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Block } from '../platform/rate-limits/index.ts';
import { recordAudit } from './record.ts';

/** Records that a limit was reached. Whose count it was is known by its keyed hash only, and is left out. */
export const recordBlock = (db: ProjectDb, clock: Clock, block: Block): Promise<void> =>
  recordAudit(db, clock, {
    activityType: 'RATE_LIMIT_BLOCKED',
    userID: block.userID,
    acting: { actor: { type: 'system' }, origin: block.origin ?? {} },
    data: {
      limit: block.limit.name,
      max: block.limit.max,
      window_seconds: block.limit.windowMs / 1000,
      until: block.endsAt.toISOString(),
    },
  });
