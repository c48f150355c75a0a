import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQueue } from './queue.ts';

/** A job that ends when it is told to. */
function job<T>(result: T) {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const state = { started: false, finish: () => resolve(result), fail: () => reject(new Error('failed')) };
  const run = () => {
    state.started = true;
    return promise;
  };
  return Object.assign(run, { state });
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a bounded queue', () => {
  it('runs as many at once as it may and the others in their order', async () => {
    const run = createQueue(2, 10);
    const jobs = [job(1), job(2), job(3), job(4)];
    const results = jobs.map((each) => run(each));
    await settle();
    expect(jobs.map((each) => each.state.started)).toEqual([true, true, false, false]);
    jobs[1]?.state.finish();
    await settle();
    expect(jobs.map((each) => each.state.started)).toEqual([true, true, true, false]);
    for (const each of jobs) each.state.finish();
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4]);
  });

  it('goes on after a job that failed', async () => {
    const run = createQueue(1, 1);
    const failing = job(1);
    const first = run(failing);
    const second = run(async () => 'through');
    failing.state.fail();
    await expect(first).rejects.toThrow('failed');
    await expect(second).resolves.toBe('through');
  });

  it('never runs more at once than it may, nor keeps more waiting', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 20 }),
        async (concurrency, limit, count) => {
          const run = createQueue(concurrency, limit);
          let running = 0;
          let most = 0;
          const work = async () => {
            most = Math.max(most, ++running);
            await settle();
            running--;
          };
          const results = await Promise.allSettled(Array.from({ length: count }, () => run(work)));
          const done = results.filter(({ status }) => status === 'fulfilled').length;
          expect(done).toBe(Math.min(count, concurrency + limit));
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 50 },
    );
  });
});
