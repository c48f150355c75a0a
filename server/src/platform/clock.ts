/** Where all time comes from; tests hand in one that they move by hand. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves the clock forward by this many milliseconds. */
  advance(ms: number): void;
}

/** Makes a clock that stands at `start` (by default a fixed day). */
export function manualClock(start = new Date('2026-01-15T12:00:00Z')): ManualClock {
  let time = start.getTime();
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms;
    },
  };
}
