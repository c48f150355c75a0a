import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Log } from '../log.ts';
import { workersStore } from './workers-store.ts';

/** How often a worker says that it is alive. */
const BEAT_MS = 2_000;
/** A worker that was not heard of for this long is dead. The clocks of the machines may differ by a good part of it. */
export const DEAD_AFTER_MS = 10_000;
/** How often the locks of the dead are freed. */
const SWEEP_MS = 10_000;

export interface HeartbeatOptions {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
  log: Log;
  /** This worker's id: what it locks its jobs with. */
  id: string;
  /** Whether nobody else can be working on this database, so that every other worker is dead. */
  alone: boolean;
}

export interface Heartbeat {
  /** Says for the first time that the worker is alive, frees the locks of the dead, and goes on doing so. */
  start(): Promise<void>;
  /** One beat, as the timer does it. */
  beat(): Promise<void>;
  /** Says that the worker is no more. */
  stop(): Promise<void>;
}

/** Makes the heartbeat of one worker. */
export function createHeartbeat({ database, clock, log, id, alone }: HeartbeatOptions): Heartbeat {
  const store = workersStore(database.kysely);
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();
  let lastBeat = 0;
  let lastSweep = 0;

  async function freeTheDead(): Promise<void> {
    const freed = await store.freeOrphans();
    if (freed.length > 0) log.warn({ workers: freed }, 'freed the jobs of workers that are no more');
  }

  async function beat(): Promise<void> {
    const now = clock.now();
    // After a silence of our own (the database was away, say) the others may have been silent for the same reason.
    const wasAway = now.getTime() - lastBeat >= DEAD_AFTER_MS;
    await store.beat(id, now);
    lastBeat = now.getTime();
    if (wasAway) {
      lastSweep = lastBeat;
      return;
    }
    if (lastBeat - lastSweep < SWEEP_MS) return;
    lastSweep = lastBeat;
    await store.removeOthers(id, new Date(lastBeat - DEAD_AFTER_MS));
    await freeTheDead();
  }

  function schedule(): void {
    timer = setTimeout(() => {
      beating = beat()
        .catch((error: Error) => log.warn({ reason: error.message }, 'a worker could not say it is alive'))
        .finally(() => {
          if (timer) schedule();
        });
    }, BEAT_MS);
    timer.unref();
  }

  return {
    beat,
    async start() {
      const now = clock.now();
      await store.beat(id, now);
      lastBeat = lastSweep = now.getTime();
      await store.removeOthers(id, alone ? undefined : new Date(lastBeat - DEAD_AFTER_MS));
      await freeTheDead();
      schedule();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await beating;
      await store.remove(id);
    },
  };
}
