import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoginIDType } from '../model.ts';
import { normalizeLoginID, parseLoginID } from './index.ts';

const refusal = (type: LoginIDType, text: string): string => {
  try {
    return `accepted as ${normalizeLoginID(type, text).normalized}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('an e-mail address', () => {
  it.each([
    'a@b',
    "o'neil+x@example.co.uk",
    'a@localhost',
    '用户@例子.公司',
    `${'a'.repeat(64)}@example.com`,
  ])('may be %s', (text) => {
    expect(parseLoginID(text)).toMatchObject([{ type: 'email', original: text }]);
  });

  it.each([
    'alice',
    'alice@',
    '@example.com',
    'a@b@example.com',
    'a b@example.com',
    'a\u00A0b@example.com',
    '"a b"@example.com',
    '"a"@example.com',
    'Alice <alice@example.com>',
    'a@example.com, b@example.com',
    'a@example.com;b@example.com',
    '.a@example.com',
    'a.@example.com',
    'a..b@example.com',
    'a@example..com',
    'a@example.com.',
    'a@-example.com',
    'a@ex_ample.com',
    'a@127.0.0.1',
    'a@0x7f.1',
    'a@[127.0.0.1]',
    'a@[::1]',
    'a@ex%61mple.com',
    'a@example.com/x',
    'a@example.com?x',
    'a@xn--',
    'a@example.com:25',
    `${'a'.repeat(65)}@example.com`,
    `${'é'.repeat(33)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('is not %s', (text) => {
    expect(refusal('email', text)).toMatch(/e-mail address/);
    expect(parseLoginID(text).filter(({ type }) => type === 'email')).toEqual([]);
  });

  it('has a domain of letters, digits and hyphens in its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (domain) => {
        for (const { uniqueKey } of parseLoginID(`a@${domain}.com`)) {
          expect(uniqueKey).toMatch(/^a@[a-z0-9-]+(\.[a-z0-9-]+)*$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a phone number', () => {
  it.each(['+491701234567', '+85298765432', '+12025550100', '+4930123456', '+80012345678'])(
    'may be %s',
    (text) => {
      expect(parseLoginID(text)).toMatchObject([{ type: 'phone', original: text, uniqueKey: text }]);
    },
  );

  it.each([
    '01701234567',
    '00491701234567',
    '491701234567',
    '+',
    '+49',
    '+4912',
    '++491701234567',
    '+999123456789',
    '+49170123456789012345',
    '+1 202 555 0100 ext. 5',
    '+12025550100;ext=5',
    'tel:+12025550100',
    'call +12025550100',
    '+1800FLOWERS',
  ])('is not %s', (text) => {
    expect(refusal('phone', text)).toMatch(/phone number/);
    expect(parseLoginID(text).filter(({ type }) => type === 'phone')).toEqual([]);
  });

  it('has a key in E.164, whatever was typed', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789 ()-./'), maxLength: 20 });
    fc.assert(
      fc.property(typed, (text) => {
        for (const { type, normalized, uniqueKey } of parseLoginID(`+${text}`)) {
          expect([type, normalized]).toEqual(['phone', uniqueKey]);
          expect(uniqueKey).toMatch(/^\+[1-9]\d{4,14}$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a username', () => {
  it.each([
    'a',
    'alice.b_c-d',
    'o’neil'.replace('’', "'"),
    '4lice',
    '王小明',
    '山田taro',
    '日本・語',
    'владимир',
    'نجيب',
    'نجيب١٢',
    'דוד',
    'paral·lel',
    'नमस्ते',
    'สมชาย',
    'a'.repeat(64),
  ])('may be %s', (text) => {
    expect(parseLoginID(text)).toMatchObject([{ type: 'username', original: text, uniqueKey: text }]);
  });

  it.each([
    ['alice@home', /"@"/],
    ['alice＠home', /"@"/],
    ['+alice', /"\+"/],
    ['\u207Aalice', /"\+"/],
    ['+491701234567', /"\+"/],
    ['01701234567', /digits alone/],
    ['٠١٢٣', /digits alone/],
    ['０１２', /digits alone/],
    ['a'.repeat(65), /64 characters/],
    ['a b', /no spaces/],
    ['a\u3000b', /no spaces/],
    ['☃', /leave out the rest/],
    ['alice😀', /leave out the rest/],
    ['a·b', /leave out the rest/],
    ['ab\u05F3', /leave out the rest/],
    ['a・b', /leave out the rest/],
    ['\u0640\u0646', /leave out the rest/],
    ['\u0301alice', /leave out the rest/],
    [`a${'\u0316'.repeat(5)}`, /leave out the rest/],
    ['аdmin', /one script/],
    ['ελλάδαabc', /one script/],
    ['नमस्ते1९', /one script/],
    ['نجيب٣۴', /one script/],
    ['aبc', /one script/],
    ['1نجيب', /right to left/],
    ['نجيب.', /right to left/],
  ] as const)('is not %s', (text, message) => {
    expect(refusal('username', text)).toMatch(message);
    expect(parseLoginID(text).filter(({ type }) => type === 'username')).toEqual([]);
  });

  it('never could be read as an address or a number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (text) => {
        for (const { type, uniqueKey } of parseLoginID(text)) {
          if (type === 'username') expect(uniqueKey).not.toMatch(/@|^\+|^\p{Nd}+$|\s/u);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts letters of either case as the same', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(name, (text) => {
        const keys = [text, text.toUpperCase()].map(
          (spelled) => normalizeLoginID('username', spelled).uniqueKey,
        );
        expect(keys).toEqual([text, text]);
      }),
    );
  });
});
