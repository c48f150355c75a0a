import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EASY } from '../../../tests/support/passwords.ts';
import { generatePassword } from './generator.ts';
import { checkPolicy } from './policy.ts';

const hints = { loginIDs: ['alice@example.com', 'al'], projectName: 'Acme' };

const policies = fc.record({
  min_length: fc.integer({ min: 1, max: 128 }),
  uppercase_required: fc.boolean(),
  lowercase_required: fc.boolean(),
  alphabet_required: fc.boolean(),
  digit_required: fc.boolean(),
  symbol_required: fc.boolean(),
  minimum_guessable_level: fc.integer({ min: 0, max: 5 }),
  excluded_keywords: fc.array(
    fc.string({ minLength: 2, maxLength: 6 }).filter((word) => word.trim().length > 1),
    {
      maxLength: 30,
    },
  ),
});

describe('a generated password', () => {
  it('satisfies the policy, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(policies, async (drawn) => {
        const policy = { ...EASY, ...drawn };
        const password = await generatePassword(policy, hints);
        expect(await checkPolicy(policy, password, hints)).toEqual([]);
        expect(password.length).toBeGreaterThanOrEqual(Math.max(8, policy.min_length));
        if (policy.minimum_guessable_level > 0) expect(password.length).toBeGreaterThanOrEqual(32);
        expect(password).toMatch(/^[!-~]+$/);
      }),
      { numRuns: 100 },
    );
  });

  it('never is the same twice', async () => {
    const made = await Promise.all(Array.from({ length: 200 }, () => generatePassword(EASY)));
    expect(new Set(made).size).toBe(200);
  });

  it('has each required class in any place', async () => {
    const policy = { ...EASY, digit_required: true, symbol_required: true, uppercase_required: true };
    const made = await Promise.all(Array.from({ length: 300 }, () => generatePassword(policy)));
    const classAt = (place: number) =>
      new Set(
        made.map((password) =>
          /[A-Z]/.test(password[place] ?? '')
            ? 'A'
            : /\d/.test(password[place] ?? '')
              ? '0'
              : /[a-z]/.test(password[place] ?? '')
                ? 'a'
                : '-',
        ),
      );
    for (let place = 0; place < 12; place++) expect(classAt(place).size).toBe(4);
  });

  it('uses every character about as often as another', async () => {
    const made = await Promise.all(Array.from({ length: 2_000 }, () => generatePassword(EASY)));
    const counts = Map.groupBy(made.join(''), (character) => character);
    const expected = (2_000 * 12) / counts.size;
    // 24,000 draws of 57 characters: 421 each, standard deviation 20; seven of them are never seen by chance.
    for (const [, drawn] of counts) expect(Math.abs(drawn.length - expected)).toBeLessThan(145);
    expect(counts.size).toBe(57);
  });

  it('keeps clear of short excluded words that leave little', async () => {
    const letters = [...'bcdefghijklmnopqrstuvwxyz'];
    const policy = { ...EASY, excluded_keywords: [...letters, 'aa', 'a2', '22'] };
    const password = await generatePassword(policy);
    expect(await checkPolicy(policy, password, { loginIDs: [], projectName: '' })).toEqual([]);
  });

  it('is refused with a reason where the words leave none', async () => {
    const policy = { ...EASY, digit_required: true, excluded_keywords: [...'0123456789'] };
    await expect(generatePassword(policy)).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'PasswordPolicyUnsatisfiable',
    });
  });
});
