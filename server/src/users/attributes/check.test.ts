import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatchkeyError } from '../../platform/errors.ts';
import { checkCustomAttributes, checkStandardAttributes } from './check.ts';

const OWNED = [
  { type: 'email', normalized: 'ada@example.com' },
  { type: 'email', normalized: 'countess@example.com' },
  { type: 'username', normalized: 'ada' },
] as const;

const check = (given: Record<string, unknown>) => checkStandardAttributes(given, OWNED);

function causesOf(act: () => unknown): { location: string; kind: string }[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.reason !== 'ValidationFailed') throw error;
    const causes = (error.info?.causes ?? []) as { location: string; kind: string }[];
    return causes.map(({ location, kind }) => ({
      location,
      kind,
    }));
  }
  return [];
}

describe('standard attributes', () => {
  it('are kept as they are, in their canonical form', () => {
    const ada = {
      name: 'Ada Lovelace',
      birthdate: '1815-12-10',
      zoneinfo: 'Europe/London',
      website: 'https://example.com/ada?x=1',
      gender: 'female',
      address: { street_address: '12 St James’s Square\nLondon', country: 'UK' },
    };
    expect(check({ ...ada, locale: 'EN-gb' })).toEqual({ ...ada, locale: 'en-GB' });
  });

  it('may come back as they were read: what is worked out is dropped', () => {
    const read = {
      email: 'ada@example.com',
      email_verified: true,
      phone_number_verified: false,
      updated_at: 1,
    };
    expect(check(read)).toEqual({ email: 'ada@example.com' });
  });

  it('lose an empty address', () => expect(check({ address: {} })).toEqual({}));

  it.each<[string, unknown, string]>([
    ['name', '', 'minLength'],
    ['name', 7, 'type'],
    ['name', null, 'type'],
    ['name', ['Ada'], 'type'],
    ['name', 'x'.repeat(201), 'maxLength'],
    ['name', 'Ada\nLovelace', 'format'],
    ['name', 'Ada\0', 'format'],
    ['name', 'Ada \ud800', 'format'],
    ['birthdate', '1815-02-30', 'format'],
    ['birthdate', '10.12.1815', 'format'],
    ['birthdate', '0000', 'format'],
    ['birthdate', '1815-13-01', 'format'],
    ['zoneinfo', '+05:00', 'format'],
    ['zoneinfo', 'Europe/Atlantis', 'format'],
    ['locale', 'en_GB', 'format'],
    ['locale', 'x', 'format'],
    ['website', 'javascript:alert(1)', 'format'],
    ['website', 'example.com', 'format'],
    ['picture', 'data:image/png;base64,AA', 'format'],
    ['profile', 'https:example.com', 'format'],
    ['profile', 'https:///x', 'format'],
    ['website', 'https://example.com/a b', 'format'],
    ['email', 'someone@example.com', 'format'],
    ['email', null, 'format'],
    ['phone_number', '+85251234567', 'format'],
    ['preferred_username', 'ada@example.com', 'format'],
    ['address', 'London', 'type'],
    ['address', null, 'type'],
    ['shoe_size', 38, 'unknown'],
    ['sub', 'other', 'unknown'],
    ['toString', 'x', 'unknown'],
    ['__proto__', 'x', 'unknown'],
  ])('are refused with %s %j', (name, value, kind) => {
    const given = Object.defineProperty({}, name, { value, enumerable: true });
    expect(causesOf(() => check(given))).toEqual([{ location: `/${name}`, kind }]);
  });

  it.each(['1815', '1815-12-10', '0000-02-29', '2000-02-29'])('know the birthdate %s', (birthdate) => {
    expect(check({ birthdate })).toEqual({ birthdate });
  });

  it('are refused for everything that is wrong at once, which the message names', () => {
    const given = { name: '', shoe_size: 38, address: { city: 'London', country: '' } };
    expect(causesOf(() => check(given))).toEqual([
      { location: '/name', kind: 'minLength' },
      { location: '/shoe_size', kind: 'unknown' },
      { location: '/address/city', kind: 'unknown' },
      { location: '/address/country', kind: 'minLength' },
    ]);
    expect(() => check(given)).toThrow(/"name" must be .*; "shoe_size" must be left out.*; "address.city"/);
  });

  it('are stored or refused with a reason, whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (given) => {
        const causes = causesOf(() => check(given));
        if (causes.length === 0) expect(Object.keys(check(given)).length).toBeLessThanOrEqual(20);
        else expect(causes.every(({ location }) => location.startsWith('/'))).toBe(true);
      }),
    );
  });

  it('that were accepted once are accepted again, and stay the same', () => {
    const part = fc.string({ unit: 'grapheme' });
    const claims = fc.record(
      { name: part, locale: part, website: fc.webUrl(), birthdate: part, zoneinfo: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(claims, (given) => {
        if (causesOf(() => check(given)).length > 0) return;
        expect(check(check(given))).toEqual(check(given));
      }),
      { numRuns: 50 },
    );
  });
});

describe('custom attributes', () => {
  it('are none, because none can be defined yet', () => {
    expect(checkCustomAttributes({})).toEqual({});
    expect(causesOf(() => checkCustomAttributes({ tenant: 'a' }))).toEqual([
      { location: '/tenant', kind: 'unknown' },
    ]);
  });
});
