import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LatchkeyError } from '../../platform/errors.ts';
import { LOGIN_ID_TYPES, type LoginIDType } from '../model.ts';
import { normalizeLoginID, parseLoginID } from './index.ts';

/** The unique key, or undefined where the text is refused. */
function keyOf(type: LoginIDType, text: string): string | undefined {
  try {
    return normalizeLoginID(type, text).uniqueKey;
  } catch (error) {
    const { kind, reason, info } = error as LatchkeyError;
    expect({ kind, reason, info }).toEqual({ kind: 'Invalid', reason: 'InvalidLoginID', info: { type } });
    return undefined;
  }
}

/** Texts of every kind: any characters, and near misses made of what login ids are made of. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(...'aZ09@.+-_ %\0\n\u202E\u200D\uD800\u0131\u0130\u212A\uFF20\uFF0Eß\u0301ب٣日'),
    maxLength: 20,
  }),
  fc.emailAddress(),
);

describe('any text', () => {
  it('is parsed without an error, as one kind of login id at the most', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = parseLoginID(text);
        expect(found.length).toBeLessThanOrEqual(1);
        for (const { type, original, normalized, uniqueKey } of found) {
          expect(`${original}${normalized}${uniqueKey}`).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect(normalizeLoginID(type, text)).toEqual({ type, original, normalized, uniqueKey });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['NUL', '\0'],
    ['NUL within', 'alice\0@example.com'],
    ['a very long name', 'a'.repeat(100_000)],
    ['a very long address', `${'a'.repeat(100_000)}@example.com`],
    ['many at signs', '@'.repeat(100_000)],
    ['a very long number', `+${'1'.repeat(100_000)}`],
    ['what grows eighteenfold in NFKC', '\uFDFA'.repeat(1_000)],
    ['an emoji', '😀'],
    ['half a surrogate pair', '\uD800'],
  ])('is no login id when it is %s', (_, text) => {
    expect(parseLoginID(text)).toEqual([]);
  });

  it('keeps its key when what came of it is brought in again', () => {
    const accepted = anyText.filter((text) => parseLoginID(text).length > 0);
    fc.assert(
      fc.property(accepted, (text) => {
        for (const { type, original, normalized, uniqueKey } of parseLoginID(text)) {
          expect(normalizeLoginID(type, normalized)).toMatchObject({ normalized, uniqueKey });
          expect(normalizeLoginID(type, uniqueKey)).toMatchObject({ normalized, uniqueKey });
          expect(normalizeLoginID(type, original)).toEqual({ type, original, normalized, uniqueKey });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps its key whichever mark, capital or compatibility character stands in it', () => {
    const changed: string[] = [];
    // The basic plane and, of the next, the letters that stand for others in mathematics.
    for (let code = 0; code <= 0x1d7ff; code += code === 0xffff ? 0xd401 : 1) {
      const character = String.fromCodePoint(code);
      const folded = character.normalize('NFKC').toLowerCase();
      if (folded === character && !/\p{M}/u.test(character)) continue;
      for (const text of [`ab${character}c`, `a${character}b@c${character}d.org`]) {
        const [first] = parseLoginID(text);
        const [second] = parseLoginID(first?.normalized ?? text);
        if (second?.uniqueKey !== first?.uniqueKey) changed.push(`${code.toString(16)}: ${text}`);
      }
    }
    expect(changed).toEqual([]);
  });
});

describe('what is refused in every kind', () => {
  const valid = { email: 'alice@example.com', phone: '+4917012345678', username: 'alice' };
  it.each([
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['NUL', '\0'],
    ['a tab', '\t'],
    ['a line separator', '\u2028'],
    ['a right-to-left override', '\u202E'],
    ['a left-to-right isolate', '\u2066'],
    ['a zero-width space', '\u200B'],
    ['a zero-width joiner', '\u200D'],
    ['a soft hyphen', '\u00AD'],
    ['a byte order mark', '\uFEFF'],
    ['a Hangul filler', '\u3164'],
    ['a variation selector', '\uFE0F'],
    ['half a surrogate pair', '\uDC00'],
    ['a private character', '\uE000'],
  ])('%s, wherever it stands', (_, character) => {
    for (const type of LOGIN_ID_TYPES) {
      const text = valid[type];
      for (const place of [0, 3, text.length]) {
        expect(keyOf(type, text.slice(0, place) + character + text.slice(place))).toBeUndefined();
      }
    }
  });
});

describe('two that look alike (known failures 10 and 11)', () => {
  const pairs: [LoginIDType, string, string, string][] = [
    ['email', 'mike@example.org', 'm\u0131ke@example.org', 'a dotless i'],
    ['email', 'ivan@example.org', '\u0130van@example.org', 'a dotted capital I'],
    ['email', 'jose@example.org', 'josé@example.org', 'an accent'],
    ['email', 'strasse@example.org', 'straße@example.org', 'a sharp s'],
    ['email', 'fiona@example.org', '\uFB01ona@example.org', 'a ligature'],
    ['email', 'susi@example.org', '\u017Fusi@example.org', 'a long s'],
    ['email', 'alice@example.org', '\u0430lice@example.org', 'a Cyrillic letter'],
    ['email', 'alice@example.org', 'alice@ex\u0430mple.org', 'a Cyrillic letter in the domain'],
    ['email', 'alice@strasse.de', 'alice@straße.de', 'a sharp s in the domain'],
    ['email', 'alice@example.org', 'al.ice@example.org', 'a dot'],
    ['email', 'alice@example.org', 'alice+tag@example.org', 'a tag'],
    ['username', 'mike', 'm\u0131ke', 'a dotless i'],
    ['username', 'ivan', '\u0130van', 'a dotted capital I'],
    ['username', 'jose', 'josé', 'an accent'],
    ['username', 'strasse', 'straße', 'a sharp s'],
    ['username', 'admin', '\u0430dmin', 'a Cyrillic letter'],
    ['username', 'admin', 'adm\u03B9n', 'a Greek letter'],
    ['username', 'rap', '\u0433\u0430\u0440', 'all Cyrillic letters'],
    ['username', 'bob8', 'bob\u09EA', 'the Bengali four'],
    ['username', 'admin', 'admin\u0307', 'a mark'],
  ];
  it.each(pairs)('%s %s and %s stay apart: %s', (type, one, other) => {
    expect(keyOf(type, one)).toBeDefined();
    expect(keyOf(type, other)).not.toBe(keyOf(type, one));
  });
});

describe('two ways to write one', () => {
  it.each([
    ['email', 'alice@example.com', 'Alice@EXAMPLE.com'],
    ['email', 'alice@example.com', '  alice@example.com '],
    ['email', 'alice@müller.de', 'alice@xn--mller-kva.de'],
    ['email', 'alice@müller.de', 'alice@MU\u0308LLER.de'],
    ['email', 'josé@example.com', 'JOSE\u0301@example.com'],
    ['email', 'alice@example.com', 'ａｌｉｃｅ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['phone', '+491701234567', '+49 (0)170 / 123-4567'],
    ['phone', '+12025550100', '+1 (202) 555-0100'],
    ['phone', '+12025550100', '＋１２０２５５５０１００'],
    ['phone', '+12025550100', '+١٢٠٢٥٥٥٠١٠٠'],
    ['username', 'alice', ' ALICE'],
    ['username', 'alice', 'ａｌｉｃｅ'],
    ['username', 'fiona', '\uFB01ona'],
    ['username', 'ガス', 'ｶﾞｽ'],
    ['username', 'οδος', 'ΟΔΟΣ'],
  ] as const)('%s %s is %s', (type, one, other) => {
    expect(keyOf(type, one)).toBeDefined();
    expect(keyOf(type, other)).toBe(keyOf(type, one));
  });

  it('keeps what was typed, for mail', () => {
    expect(normalizeLoginID('email', ' Alice.B@MÜLLER.de ')).toEqual({
      type: 'email',
      original: 'Alice.B@MÜLLER.de',
      normalized: 'alice.b@müller.de',
      uniqueKey: 'alice.b@xn--mller-kva.de',
    });
  });
});
