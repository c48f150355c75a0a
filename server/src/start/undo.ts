import type { Log } from '../platform/log.ts';
import { within } from '../platform/within.ts';

/** What stops what was started, last first. */
export interface Undo {
  /**
   * Has `stop` called in its turn.
   * @param patienceMs how long it may take; five seconds unless told
   */
  add(what: string, stop: () => Promise<void>, patienceMs?: number): void;
  /** Stops all of it. What cannot be stopped, or not in time, is logged, and does not keep the rest from it. */
  all(): Promise<void>;
}

const PATIENCE_MS = 5_000;

/** Makes an empty list of what is to be stopped. */
export function createUndo(log: Pick<Log, 'warn'>): Undo {
  const steps: { what: string; stop: () => Promise<void>; patienceMs: number }[] = [];
  return {
    add: (what, stop, patienceMs = PATIENCE_MS) => void steps.push({ what, stop, patienceMs }),
    async all() {
      for (const { what, stop, patienceMs } of steps.splice(0).reverse()) {
        try {
          if (!(await within(patienceMs, stop()))) log.warn({ what }, 'does not stop in time and is left');
        } catch (error) {
          log.warn({ what, reason: (error as Error).message }, 'cannot be stopped in good order');
        }
      }
    },
  };
}
