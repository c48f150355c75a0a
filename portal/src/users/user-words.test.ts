import { describe, expect, test } from 'vitest';
import { contactOf, isVerified, loginIDsOf, nameOf, valuesOf } from './user-words.ts';

const CLAIM = 'https://authgear.com/claims/login_id';

const identity = (type: string, original: string, normalized = original) => ({
  id: `id of ${original}`,
  claims: {
    [`${CLAIM}/type`]: type,
    [`${CLAIM}/original_value`]: original,
    [`${CLAIM}/value`]: normalized,
  },
});

const alice = {
  formattedName: 'Alice Liddell',
  loginIDs: [identity('email', 'Alice@Example.com', 'alice@example.com'), identity('phone', '+85251234567')],
  verifiedClaims: [{ name: 'email', value: 'alice@example.com' }],
};

describe('login ids', () => {
  test('are shown as they were entered', () => {
    expect(valuesOf(alice, 'email')).toEqual(['Alice@Example.com']);
  });

  test('fall back to the normalized form', () => {
    const loginIDs = [{ id: '1', claims: { [`${CLAIM}/type`]: 'username', [`${CLAIM}/value`]: 'alice' } }];
    expect(loginIDsOf({ loginIDs })).toEqual([
      { id: '1', type: 'username', value: 'alice', normalized: 'alice' },
    ]);
  });

  test('of a kind that is not known here, or without a value, are left out', () => {
    const loginIDs = [identity('oauth', 'x'), { id: '2', claims: {} }, identity('email', '')];
    expect(loginIDsOf({ loginIDs })).toEqual([]);
  });
});

describe('verified', () => {
  const [email, phone] = loginIDsOf(alice);

  test('goes by the normalized form', () => {
    expect(email && isVerified(email, alice)).toBe(true);
  });

  test('counts for its own claim only', () => {
    const verifiedClaims = [{ name: 'email', value: '+85251234567' }];
    expect(phone && isVerified(phone, { verifiedClaims })).toBe(false);
  });
});

describe('the name', () => {
  test('comes before every login id', () => {
    expect(nameOf(alice)).toBe('Alice Liddell');
    expect(contactOf(alice)).toBe('Alice@Example.com · +85251234567');
  });

  test('is the oldest login id where there is none, which is then no contact', () => {
    const user = { ...alice, formattedName: '' };
    expect(nameOf(user)).toBe('Alice@Example.com');
    expect(contactOf(user)).toBe('+85251234567');
  });

  test('says so where there is nothing at all', () => {
    expect(nameOf({ formattedName: null, loginIDs: [] })).toBe('Unnamed user');
  });
});
