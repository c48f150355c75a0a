import fc from 'fast-check';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { costOf } from './cost.ts';
import { LIMITS } from './limits.ts';

function cost(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the test has no operation');
  return costOf(document, operation, variables);
}

const page = (args: string) => `users${args} { edges { node { id } } }`;

describe('the cost of an operation', () => {
  it.each([
    ['{ node(id: "x") { id } }', 2],
    ['{ __typename node(id: "x") { __typename } }', 1],
    [`{ ${page('(first: 100)')} }`, 1 + 100 * 3],
    [`{ ${page('(last: 7)')} }`, 1 + 7 * 3],
    [`{ ${page('')} }`, 1 + 20 * 3],
    ['{ users { totalCount } }', 2],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 1 + 3],
    [`{ ${page('(first: 2147483647)')} }`, 1 + 100 * 3],
    [`{ ${page('(first: -5)')} }`, 1 + 3],
    [
      '{ users(first: 10) { edges { node { identities(first: 10) { edges { node { id } } } } } } }',
      1 + 10 * 33,
    ],
  ])('of %s is %d', (source, points) => expect(cost(source)).toBe(points));

  it('lets no operation have more than a few passwords judged, which takes a processor each time', () => {
    const judged = (count: number) =>
      cost(
        `{ ${Array.from({ length: count }, (_, i) => `p${i}: checkPassword(input: {}) { level }`).join(' ')} }`,
      );
    expect(judged(1)).toBe(10_000 + 1);
    expect(judged(4)).toBeLessThan(LIMITS.cost);
    expect(judged(5)).toBeGreaterThan(LIMITS.cost);
  });

  it('counts what the variables say, and their defaults', () => {
    const source = `query ($first: Int = 50, $ids: [ID!]!) { ${page('(first: $first)')} nodes(ids: $ids) { id } }`;
    expect(cost(source, { ids: ['a', 'b'] })).toBe(1 + 50 * 3 + 1 + 2);
    expect(cost(source, { first: 10, ids: [] })).toBe(1 + 10 * 3 + 1 + 1);
  });

  it('counts a fragment wherever it is spread, and knows a page whose edges stand in one', () => {
    const fragment = 'fragment Page on UserConnection { edges { node { id } } }';
    expect(cost(`{ users { ...Page } } ${fragment}`)).toBe(1 + 20 * 3);
    expect(cost(`{ a: users { ...Page } b: users { ... { ...Page } } } ${fragment}`)).toBe(2 * (1 + 20 * 3));
  });

  it('ends at once for fragments that spread each other, in circles or many times over', () => {
    expect(cost('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toBe(0);
    const doubling = Array.from(
      { length: 200 },
      (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
    );
    const bomb = `{ ...F0 } ${doubling.join(' ')} fragment F200 on Query { node(id: "x") { id } }`;
    expect(cost(bomb)).toBeGreaterThan(1e50);
  });

  it('multiplies along nested pages, whatever their sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, (list) => {
        const source = list.reduceRight((inner, size) => `x(first: ${size}) { ${inner} }`, 'id');
        const expected = list.reduceRight((inner, size) => 1 + size * inner, 1);
        expect(cost(`{ ${source} }`)).toBe(expected);
      }),
    );
  });
});
