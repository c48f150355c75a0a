import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EASY } from '../../../tests/support/passwords.ts';
import { MAX_PASSWORD_LENGTH, type PolicyHints } from './model.ts';
import { checkPolicy } from './policy.ts';

const NO_HINTS: PolicyHints = { loginIDs: [], projectName: '' };
const ALICE: PolicyHints = { loginIDs: ['Alice@Example.com', '+85298765432'], projectName: 'Acme Bank' };

const names = async (...args: Parameters<typeof checkPolicy>) =>
  (await checkPolicy(...args)).map((cause) => cause.Name);

describe('the length', () => {
  it('counts code points, not bytes or UTF-16 units', async () => {
    const policy = { ...EASY, min_length: 8 };
    expect(await checkPolicy(policy, '😀'.repeat(8), NO_HINTS)).toEqual([]);
    expect(await checkPolicy(policy, '😀'.repeat(7), NO_HINTS)).toEqual([
      { Name: 'PasswordTooShort', Info: { min_length: 8, pw_length: 7 } },
    ]);
  });

  it('counts what is typed in two ways alike: NFC', async () => {
    const policy = { ...EASY, min_length: 4 };
    expect(await names(policy, 'e\u0301'.repeat(3), NO_HINTS)).toEqual(['PasswordTooShort']);
    expect(await names(policy, 'e\u0301'.repeat(4), NO_HINTS)).toEqual([]);
  });

  it('is 128 at the most', async () => {
    expect(await names(EASY, 'é'.repeat(128), NO_HINTS)).toEqual([]);
    expect(await names(EASY, 'e\u0301'.repeat(128), NO_HINTS)).toEqual([]);
    expect(await checkPolicy(EASY, '😀'.repeat(129), NO_HINTS)).toEqual([
      { Name: 'PasswordTooLong', Info: { max_length: MAX_PASSWORD_LENGTH, pw_length: 129 } },
    ]);
  });

  it('of a password of any size is told without judging its strength or words', async () => {
    const policy = { ...EASY, minimum_guessable_level: 5, excluded_keywords: ['aaa'], digit_required: true };
    expect(await checkPolicy(policy, 'a'.repeat(100_000), NO_HINTS)).toEqual([
      { Name: 'PasswordTooLong', Info: { max_length: 128, pw_length: 100_000 } },
      { Name: 'PasswordDigitRequired' },
    ]);
  });

  it('of marks that take long to normalize is told all the same', async () => {
    const marks = '\u0315\u0300\u05ae\u062b'.repeat(100_000);
    expect(await names(EASY, marks, NO_HINTS)).toEqual(['PasswordTooLong']);
  });
});

describe('the classes', () => {
  it('are ASCII', async () => {
    const policy = {
      ...EASY,
      uppercase_required: true,
      lowercase_required: true,
      alphabet_required: true,
      digit_required: true,
    };
    expect(await names(policy, 'Ä ß é ٣ ５ Ａ ａ', NO_HINTS)).toEqual([
      'PasswordUppercaseRequired',
      'PasswordLowercaseRequired',
      'PasswordAlphabetRequired',
      'PasswordDigitRequired',
    ]);
    expect(await names(policy, 'aB3', NO_HINTS)).toEqual([]);
  });

  it('take for a symbol what is neither an ASCII letter nor an ASCII digit', async () => {
    const policy = { ...EASY, symbol_required: true };
    expect(await names(policy, 'abcDEF123', NO_HINTS)).toEqual(['PasswordSymbolRequired']);
    for (const password of ['abc 123', 'abc_123', 'ümlaut', '😀']) {
      expect(await names(policy, password, NO_HINTS)).toEqual([]);
    }
  });

  it('let spaces and every script pass', async () => {
    expect(await names(EASY, ' правильный конь 電池 ', NO_HINTS)).toEqual([]);
  });
});

describe('characters nobody can type', () => {
  for (const [what, password] of Object.entries({
    NUL: 'plover\0hinge',
    'a line feed': 'plover\nhinge',
    DEL: 'plover\u007fhinge',
    'a C1 control': 'plover\u0085hinge',
    'half a surrogate pair': 'plover\ud800hinge',
  })) {
    it(`are refused: ${what}`, async () => {
      expect(await checkPolicy(EASY, password, NO_HINTS)).toEqual([{ Name: 'PasswordControlCharacter' }]);
    });
  }
});

describe('excluded words', () => {
  it('are found anywhere and in any case', async () => {
    const policy = { ...EASY, excluded_keywords: ['Acme', ' Straße '] };
    for (const password of ['xxACMExx', 'acme', 'my-aCmE-1', 'hauptSTRAßEnbahn']) {
      expect(await checkPolicy(policy, password, NO_HINTS)).toEqual([
        { Name: 'PasswordContainingExcludedKeywords' },
      ]);
    }
    expect(await names(policy, 'ac-me', NO_HINTS)).toEqual([]);
  });

  it('are no patterns', async () => {
    const policy = { ...EASY, excluded_keywords: ['a.c', '(', '\\'] };
    expect(await names(policy, 'abc', NO_HINTS)).toEqual([]);
    expect(await names(policy, 'xa.cx', NO_HINTS)).toEqual(['PasswordContainingExcludedKeywords']);
    expect(await names(policy, 'x(x', NO_HINTS)).toEqual(['PasswordContainingExcludedKeywords']);
  });

  it("always are the user's login ids and the project's name", async () => {
    for (const password of ['alice@example.com1', 'x+85298765432', 'ACME BANK rules']) {
      expect(await names(EASY, password, ALICE)).toEqual(['PasswordContainingExcludedKeywords']);
      expect(await names(EASY, password, NO_HINTS)).toEqual([]);
    }
  });
});

describe('the strength', () => {
  it('is the score of zxcvbn plus one, and asked for from level 1 on', async () => {
    const at = (minimum_guessable_level: number) => ({ ...EASY, minimum_guessable_level });
    expect(await names(at(0), 'password', NO_HINTS)).toEqual([]);
    expect(await names(at(1), 'password', NO_HINTS)).toEqual([]);
    expect(await checkPolicy(at(2), 'password', NO_HINTS)).toEqual([
      { Name: 'PasswordBelowGuessableLevel', Info: { min_level: 2, pw_level: 1 } },
    ]);
    expect(await names(at(5), 'plover hinge quartz lantern', NO_HINTS)).toEqual([]);
  });
});

it('lists all causes at once, in the order of the rules', async () => {
  const policy = {
    ...EASY,
    min_length: 8,
    uppercase_required: true,
    digit_required: true,
    symbol_required: true,
    minimum_guessable_level: 3,
    excluded_keywords: ['abc'],
  };
  expect(await names(policy, 'abc', NO_HINTS)).toEqual([
    'PasswordTooShort',
    'PasswordUppercaseRequired',
    'PasswordDigitRequired',
    'PasswordSymbolRequired',
    'PasswordContainingExcludedKeywords',
    'PasswordBelowGuessableLevel',
  ]);
});

it('answers for every text, and the same for each of its normal forms', async () => {
  const policy = { ...EASY, min_length: 4, symbol_required: true, minimum_guessable_level: 2 };
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (password) => {
      const causes = await checkPolicy(policy, password, ALICE);
      expect(causes).toEqual(await checkPolicy(policy, password.normalize('NFD'), ALICE));
      expect(causes).toEqual(await checkPolicy(policy, password.normalize('NFC'), ALICE));
    }),
    { numRuns: 100 },
  );
});
