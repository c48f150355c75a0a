import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedReads } from './shared-reads.ts';

describe('readings that are shared', () => {
  it('begin after those who share them have asked, for each key apart, and are as few as that allows', async () => {
    const action = fc.oneof(
      fc.record({ ask: fc.constantFrom('a', 'b') }),
      fc.record({ finish: fc.constantFrom('a', 'b') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        let time = 0;
        const open: Record<string, ((value: number) => void)[]> = { a: [], b: [] };
        let begun = 0;
        const read = sharedReads((key) => {
          begun += 1;
          const { promise, resolve } = Promise.withResolvers<number>();
          const began = ++time;
          open[key]?.push(() => resolve(began));
          return promise;
        });
        const answers: Promise<void>[] = [];
        const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
        for (const step of actions) {
          if ('ask' in step) {
            const asked = time;
            answers.push(
              read(step.ask).then((began) => {
                expect(began).toBeGreaterThan(asked);
              }),
            );
          } else open[step.finish]?.shift()?.(0);
          await settle();
          expect(Object.values(open).every((readings) => readings.length <= 1)).toBe(true);
        }
        while (Object.values(open).some((readings) => readings.length > 0)) {
          for (const readings of Object.values(open)) readings.shift()?.(0);
          await settle();
        }
        await Promise.all(answers);
        expect(begun).toBeLessThanOrEqual(answers.length);
      }),
      { numRuns: 60 },
    );
  });

  it('are one more for all who ask while one is under way', async () => {
    const opened: (() => void)[] = [];
    const read = sharedReads(() => new Promise<void>((resolve) => void opened.push(resolve)));
    const first = read('a');
    const others = Promise.all(Array.from({ length: 10 }, () => read('a')));
    expect(opened).toHaveLength(1);
    opened.shift()?.();
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    expect(opened).toHaveLength(1);
    opened.shift()?.();
    await others;
  });

  it('fail for those who share them, and for nobody after them', async () => {
    let count = 0;
    const read = sharedReads(async () => {
      count += 1;
      if (count <= 2) throw new Error(`failure ${count}`);
      return count;
    });
    const [one, two, three] = [read('a'), read('a'), read('a')];
    await expect(one).rejects.toThrow('failure 1');
    await expect(two).rejects.toThrow('failure 2');
    await expect(three).rejects.toThrow('failure 2');
    expect(await read('a')).toBe(3);
  });
});
