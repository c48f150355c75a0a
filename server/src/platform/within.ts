import { setTimeout as pause } from 'node:timers/promises';

/** Whether the work is done within so many milliseconds; it goes on where it is not. Rejects where it does. */
export const within = (ms: number, work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), pause(ms, false, { ref: false })]);
