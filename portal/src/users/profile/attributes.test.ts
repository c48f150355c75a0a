import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/error.ts';
import { attributeErrors, attributesOf, valuesOf } from './attributes.ts';

describe('the form of a profile', () => {
  const before = {
    name: 'Ada',
    email: 'ada@example.com',
    updated_at: 1,
    address: { country: 'UK', formatted: 'London' },
  };

  it('leaves what it has no field for as it was', () => {
    expect(attributesOf(before, valuesOf(before))).toEqual(before);
  });

  it('takes away what was emptied, and an address without anything in it', () => {
    const values = { ...valuesOf({ name: 'Ada', address: { country: 'UK' } }), name: ' ', country: '' };
    expect(attributesOf({ name: 'Ada', address: { country: 'UK' } }, values)).toEqual({});
  });

  it('trims what was entered', () => {
    expect(attributesOf({}, { ...valuesOf({}), name: ' Ada ', region: ' X ' })).toEqual({
      name: 'Ada',
      address: { region: 'X' },
    });
  });

  it('takes whatever the server has', () => {
    expect(valuesOf({ name: 7, address: 'London' }).name).toBe('');
  });
});

describe('a refusal of the server', () => {
  it('stands beside the fields that it names', () => {
    const causes = [
      { location: '/birthdate' },
      { location: '/address/country' },
      { location: '/shoe_size' },
      {},
    ];
    const error = new ApiError('Invalid', 'ValidationFailed', 'invalid value', { causes });
    expect(Object.keys(attributeErrors(error))).toEqual(['birthdate', 'country']);
    expect(attributeErrors(new ApiError('Invalid', 'Other', '', { causes }))).toEqual({});
  });
});
