import { describe, expect, it } from 'vitest';
import { codeIn, readPage, sections, tableRows } from '../../../tests/support/markdown.ts';
import { isNarrowed, readAuditSearch } from './audit-search.ts';
import { isActivityType } from './event-groups.ts';
import { isEcho } from './event-words.ts';
import { rangeOf } from './range.ts';

describe('the filters in the address', () => {
  it('are read as they were written', () => {
    const search = {
      types: 'PASSWORD_RESET,EMAIL_ERROR',
      user: 'VXNlcjox',
      range: 'week',
      after: 'x',
      entry: 'y',
    };
    expect(readAuditSearch(search)).toMatchObject(search);
    expect(isNarrowed(readAuditSearch(search))).toBe(true);
  });

  it('count as absent where they are none', () => {
    const search = readAuditSearch({
      types: 'NO_SUCH,toString,',
      user: '',
      address: { a: 1 },
      range: 'constructor',
      from: '2026-13-77',
      to: 'yesterday',
    });
    expect(Object.values(search).filter((value) => value !== undefined)).toEqual([]);
    expect(isNarrowed(search)).toBe(false);
  });

  it('hold a phone number, which the router takes for a number', () =>
    expect(readAuditSearch({ address: 85251234567 }).address).toBe('85251234567'));

  it('know every type that is recorded', () => {
    const recorded = [...sections(readPage('docs/reference/events.md')).values()]
      .flatMap(tableRows)
      .map(([type]) => codeIn(type))
      .filter((activityType) => !isEcho({ activityType }));
    expect(recorded.filter((type) => !isActivityType(type))).toEqual([]);
  });
});

describe('the range', () => {
  const now = new Date('2026-11-24T12:00:00Z');

  it('ends now, for a preset', () =>
    expect(rangeOf({ range: 'day' }, now)).toEqual({ rangeFrom: '2026-11-23T12:00:00.000Z' }));

  it('holds both of its days in full, where the viewer is', () => {
    const { rangeFrom = '', rangeTo = '' } = rangeOf({ from: '2026-12-31', to: '2026-12-31' }, now);
    expect(new Date(rangeFrom)).toEqual(new Date(2026, 11, 31));
    expect(new Date(rangeTo)).toEqual(new Date(2027, 0, 1));
    expect(rangeOf({}, now)).toEqual({});
    expect(rangeOf({ to: '2026-02-28' }, now)).toEqual({ rangeTo: new Date(2026, 2, 1).toISOString() });
  });
});
