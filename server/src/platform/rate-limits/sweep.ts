import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { removeEnded } from './store.ts';

/** Removes, in all projects, what limits have counted in windows that have ended. Run once an hour. */
export const sweepRateLimits = (deps: { database: Database; clock: Clock }): Promise<void> =>
  removeEnded(deps.database, deps.clock.now());
