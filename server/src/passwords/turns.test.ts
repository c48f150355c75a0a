import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('takes turns under one key, passing over a failure, and not under two', async () => {
  const inTurn = createTurns();
  const begun: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = inTurn('a', async () => {
    begun.push('first');
    await gate.promise;
    throw new Error('failed');
  });
  const second = inTurn('a', async () => begun.push('second'));
  const other = inTurn('b', async () => begun.push('other'));
  await other;
  await settle();
  expect(begun).toEqual(['first', 'other']);
  gate.resolve();
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(begun).toEqual(['first', 'other', 'second']);
});
