import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUsersSearch } from './users-search.ts';

test('takes what the address says', () => {
  expect(readUsersSearch({ q: 'alice', after: 'x' })).toEqual({ q: 'alice', after: 'x', before: undefined });
});

test('a search of digits alone stays a text', () => {
  expect(readUsersSearch({ q: 123 }).q).toBe('123');
  expect(readUsersSearch({ q: 0 }).q).toBe('0');
});

test('an empty search is none', () => {
  expect(readUsersSearch({ q: '' }).q).toBeUndefined();
});

test('whatever stands in the address, only texts come out', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('q', 'after', 'before', 'x'), fc.anything()), (search) => {
      const values = Object.values(readUsersSearch(search));
      return values.every((value) => value === undefined || (typeof value === 'string' && value !== ''));
    }),
  );
});
