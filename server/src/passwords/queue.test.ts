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

  it('gives turns by sources, however many one of them sends', async () => {
    const run = createQueue(1, 100);
    const order: string[] = [];
    const from = (source: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        run(async () => void order.push(`${source}${index}`), source),
      );
    const first = job(0);
    const all = [run(first), ...from('a', 4), ...from('b', 2), ...from('c', 1)];
    first.state.finish();
    await Promise.all(all);
    expect(order).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'a3']);
  });

  it('when full, refuses the last of whoever has the most waiting', async () => {
    const run = createQueue(1, 4);
    const first = job('running');
    const running = run(first);
    const crowd = Array.from({ length: 5 }, (_, index) => run(async () => `a${index}`, 'a'));
    await expect(crowd[4]).rejects.toMatchObject({ reason: 'HashingQueueFull' });
    const late = run(async () => 'b', 'b');
    await expect(crowd[3]).rejects.toMatchObject({ reason: 'HashingQueueFull' });
    const more = run(async () => 'a5', 'a');
    await expect(more).rejects.toMatchObject({ reason: 'HashingQueueFull' });
    first.state.finish();
    expect(await Promise.all([running, ...crowd.slice(0, 3), late])).toEqual([
      'running',
      'a0',
      'a1',
      'a2',
      'b',
    ]);
  });

  it('never runs more at once than it may, nor keeps more waiting', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        async (concurrency, limit, count, sources) => {
          const run = createQueue(concurrency, limit);
          let running = 0;
          let most = 0;
          const work = async () => {
            most = Math.max(most, ++running);
            await settle();
            running--;
          };
          const results = await Promise.allSettled(
            Array.from({ length: count }, (_, index) => run(work, `source ${index % sources}`)),
          );
          const done = results.filter(({ status }) => status === 'fulfilled').length;
          expect(done).toBe(Math.min(count, concurrency + limit));
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 50 },
    );
  });
});
