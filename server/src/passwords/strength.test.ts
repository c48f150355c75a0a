import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordStrength } from './strength.ts';

const NO_HINTS = { loginIDs: [], projectName: '' };

describe('the strength of a password', () => {
  it('is from 1 to 5', async () => {
    expect(await passwordStrength('', NO_HINTS)).toBe(1);
    expect(await passwordStrength('password', NO_HINTS)).toBe(1);
    expect(await passwordStrength('P4ssw0rd', NO_HINTS)).toBe(1);
    expect(await passwordStrength('plover hinge quartz lantern', NO_HINTS)).toBe(5);
  });

  it('counts what anybody would guess first of this user', async () => {
    const hints = { loginIDs: ['zanzibarquokka@example.com'], projectName: 'Vexillology' };
    for (const password of ['zanzibarquokka@example.com', 'vexillology']) {
      expect(await passwordStrength(password, hints)).toBe(1);
      expect(await passwordStrength(password, NO_HINTS)).toBeGreaterThan(1);
    }
  });

  it('takes names of object properties for words', async () => {
    for (const word of ['constructor', '__proto__', 'hasOwnProperty', 'toString']) {
      expect(await passwordStrength(word, NO_HINTS)).toBeLessThanOrEqual(5);
      expect(await passwordStrength(word, { loginIDs: [word], projectName: word })).toBeGreaterThanOrEqual(1);
    }
  });

  it('is judged by the beginning of what is very long', async () => {
    const beginning = 'ab'.repeat(32);
    expect(await passwordStrength(beginning + 'x7#Qp'.repeat(20_000), NO_HINTS)).toBe(
      await passwordStrength(beginning, NO_HINTS),
    );
  });

  it('is there for every text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (password, hint) => {
        const level = await passwordStrength(password, { loginIDs: [hint], projectName: hint });
        expect([1, 2, 3, 4, 5]).toContain(level);
      }),
      { numRuns: 200 },
    );
  });
});
