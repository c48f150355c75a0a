import { hashingQueueFull } from './errors.ts';

/** How long a caller is told to wait when the queue is full: by then it has drained. */
const RETRY_AFTER_SECONDS = 2;

/**
 * Runs jobs at most `concurrency` at once, the rest in the order they came. Past `limit` waiting ones it
 * refuses at once: a queue that only grows would answer nobody in time.
 *
 * @throws ServiceUnavailable `HashingQueueFull`
 */
export function createQueue(concurrency: number, limit: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;

  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running--;
  };

  return async (job) => {
    if (running < concurrency) {
      running++;
    } else {
      if (waiting.length >= limit) throw hashingQueueFull(RETRY_AFTER_SECONDS);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await job();
    } finally {
      leave();
    }
  };
}
