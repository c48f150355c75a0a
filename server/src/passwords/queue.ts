import { hashingQueueFull } from './errors.ts';

/** How long a caller is told to wait when the queue is full: by then it has drained. */
const RETRY_AFTER_SECONDS = 2;

interface Waiting {
  go(): void;
  refuse(): void;
}

/** Runs a job for a source; who names none is a source as well. */
export type Run = <T>(job: () => Promise<T>, source?: string) => Promise<T>;

/**
 * Runs jobs at most `concurrency` at once. Those that wait get their turns by sources, one of each in a round,
 * and of one source in the order they came: whoever sends many waits behind their own. Past `limit` waiting ones
 * a job is refused at once, the last of whichever source has the most: a queue that only grows would answer
 * nobody in time, and one that a single source fills nobody else.
 *
 * @throws ServiceUnavailable `HashingQueueFull`
 */
export function createQueue(concurrency: number, limit: number): Run {
  const lines = new Map<string, Waiting[]>();
  let waiting = 0;
  let running = 0;

  const leave = (): void => {
    const [turn] = lines;
    if (turn === undefined) {
      running--;
      return;
    }
    const [source, line] = turn;
    const next = line.shift();
    lines.delete(source);
    if (line.length > 0) lines.set(source, line);
    waiting--;
    next?.go();
  };

  const makeRoom = (source: string): void => {
    if (waiting < limit) return;
    const longest = [...lines.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
    const own = lines.get(source)?.length ?? 0;
    if (longest.length <= own + 1) throw hashingQueueFull(RETRY_AFTER_SECONDS);
    waiting--;
    longest.pop()?.refuse();
  };

  const wait = (source: string): Promise<void> => {
    makeRoom(source);
    const line = lines.get(source) ?? [];
    lines.set(source, line);
    waiting++;
    return new Promise<void>((go, reject) =>
      line.push({ go, refuse: () => reject(hashingQueueFull(RETRY_AFTER_SECONDS)) }),
    );
  };

  return async (job, source = '') => {
    if (running < concurrency) running++;
    else await wait(source);
    try {
      return await job();
    } finally {
      leave();
    }
  };
}
