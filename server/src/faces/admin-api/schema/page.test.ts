import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatchkeyError } from '../../../platform/errors.ts';
import {
  type Connection,
  decodeCursor,
  encodeCursor,
  listConnection,
  MAX_PAGE_SIZE,
  pageRequest,
} from './page.ts';

const reasonOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof LatchkeyError) return error.reason;
    throw error;
  }
};

describe('the arguments of a page', () => {
  it('ask for the first 20 unless they say otherwise', () => {
    expect(pageRequest({})).toEqual({ limit: 20, backward: false });
    expect(pageRequest({ first: null, last: null, after: null, before: null })).toEqual({
      limit: 20,
      backward: false,
    });
    expect(pageRequest({ last: 5, before: 'x' })).toEqual({ limit: 5, backward: true, before: 'x' });
  });

  it.each([0, -1, -2_147_483_648, MAX_PAGE_SIZE + 1, 2_147_483_647])('are refused at %d', (size) => {
    expect(reasonOf(() => pageRequest({ first: size }))).toBe('InvalidPageSize');
    expect(reasonOf(() => pageRequest({ last: size }))).toBe('InvalidPageSize');
  });

  it('are refused in both directions at once', () => {
    expect(reasonOf(() => pageRequest({ first: 1, last: 1 }))).toBe('InvalidPage');
  });
});

describe('a cursor', () => {
  it('comes back as what it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary-ascii' }), { minLength: 1, maxLength: 3 }), (parts) => {
        expect(decodeCursor(encodeCursor(...parts), parts.length)).toEqual(parts);
      }),
    );
  });

  it('is refused when it is any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        const reason = reasonOf(() => decodeCursor(text, 1));
        expect(reason === undefined || reason === 'InvalidCursor').toBe(true);
      }),
    );
    for (const text of ['', 'x', encodeCursor('a', 'b'), Buffer.from('[1]').toString('base64url')]) {
      expect(reasonOf(() => decodeCursor(text, 1))).toBe('InvalidCursor');
    }
  });
});

describe('the pages of a list', () => {
  const items = fc.integer({ min: 0, max: 30 }).map((length) => Array.from({ length }, (_, i) => `n${i}`));
  const size = fc.integer({ min: 1, max: 12 });
  const idOf = (item: string): string => item;

  it('hold every item once and in order, forwards and backwards', () => {
    fc.assert(
      fc.property(items, size, (list, limit) => {
        const forwards: string[] = [];
        let after: string | null = null;
        for (let more = true; more; ) {
          const page: Connection<string> = listConnection(list, { first: limit, after }, idOf);
          forwards.push(...page.edges.map(({ node }) => node));
          expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
          after = page.pageInfo.endCursor;
          more = page.pageInfo.hasNextPage;
        }
        expect(forwards).toEqual(list);

        const backwards: string[] = [];
        let before: string | null = null;
        for (let more = true; more; ) {
          const page: Connection<string> = listConnection(list, { last: limit, before }, idOf);
          backwards.unshift(...page.edges.map(({ node }) => node));
          expect(page.pageInfo.hasNextPage).toBe(before !== null);
          before = page.pageInfo.startCursor;
          more = page.pageInfo.hasPreviousPage;
        }
        expect(backwards).toEqual(list);
      }),
    );
  });

  it('count all items, whatever the page', async () => {
    const page = listConnection(['a', 'b', 'c'], { first: 1 }, idOf);
    expect(await page.totalCount()).toBe(3);
  });

  it('refuse the cursor of an item that is not in the list', () => {
    expect(reasonOf(() => listConnection(['a'], { after: encodeCursor('b') }, idOf))).toBe('InvalidCursor');
  });
});
