import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../platform/secrets.ts';
import { hashCode, isCode, newCode, newToken, readCode, readToken } from './secret.ts';

const FIRST = 'the first secret of thirty-two bytes or more';
const SECOND = 'the second secret, thirty-two bytes or more';
const scope = { projectID: 'acme', purpose: 'recovery', attemptID: 'a' } as const;

describe('a code', () => {
  it('has six digits, also where it begins with zeros', () => {
    for (let i = 0; i < 2_000; i++) expect(newCode()).toMatch(/^\d{6}$/);
  });

  it('begins with each digit about as often as with any other', () => {
    const first = Array.from({ length: 20_000 }, () => newCode().charAt(0));
    for (const digit of '0123456789') {
      const count = first.filter((one) => one === digit).length;
      // Ten standard deviations of a fair tenth.
      expect(Math.abs(count - 2_000)).toBeLessThan(425);
    }
  });

  it('is read with spaces and hyphens wherever they stand', () => {
    const between = fc.array(fc.constantFrom(' ', '-', '\t', '\u00a0'), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.array(between, { minLength: 7, maxLength: 7 }),
        (number, gaps) => {
          const code = String(number).padStart(6, '0');
          const typed = [...code].map((digit, index) => gaps[index]?.join('') + digit).join('');
          expect(readCode(typed + gaps[6]?.join(''))).toBe(code);
        },
      ),
    );
  });

  it('is nothing but six digits of ASCII', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[\s-]*(\d[\s-]*){6}$/.test(text));
        expect(readCode(text)).toBeUndefined();
      }),
    );
    for (const typed of ['12345', '1234567', '12345a', '١٢٣٤٥٦', '１２３４５６', `${' '.repeat(40)}123456`]) {
      expect(readCode(typed)).toBeUndefined();
    }
  });

  it('counts for one project, one purpose and one attempt', () => {
    const secrets = createSecrets(FIRST);
    const stored = hashCode(secrets, scope, '123456');
    expect(isCode(secrets, scope, '123456', stored)).toBe(true);
    expect(isCode(secrets, scope, '123457', stored)).toBe(false);
    expect(isCode(secrets, { ...scope, projectID: 'other' }, '123456', stored)).toBe(false);
    expect(isCode(secrets, { ...scope, purpose: 'signup' }, '123456', stored)).toBe(false);
    expect(isCode(secrets, { ...scope, attemptID: 'b' }, '123456', stored)).toBe(false);
    expect(isCode(secrets, scope, '123456', null)).toBe(false);
  });

  it('still counts after the secret was rotated, and not without the former one', () => {
    const stored = hashCode(createSecrets(FIRST), scope, '123456');
    expect(isCode(createSecrets(`${SECOND},${FIRST}`), scope, '123456', stored)).toBe(true);
    expect(isCode(createSecrets(SECOND), scope, '123456', stored)).toBe(false);
  });
});

describe('a token', () => {
  it('has 32 characters, which are 192 bits, and is never made twice', () => {
    const tokens = Array.from({ length: 5_000 }, newToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens) {
      expect(token).toHaveLength(32);
      expect(Buffer.from(token, 'base64url')).toHaveLength(24);
    }
  });

  it('is read whole or not at all', () => {
    const token = newToken();
    expect(readToken(token)).toBe(token);
    for (const cut of [token.slice(0, -1), `${token}A`, `${token}=`, `${token} `, '', `${token.slice(1)}+`]) {
      expect(readToken(cut)).toBeUndefined();
    }
  });
});

it('only a text is a code or a token', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      fc.pre(typeof value !== 'string');
      expect(readCode(value)).toBeUndefined();
      expect(readToken(value)).toBeUndefined();
    }),
  );
});
