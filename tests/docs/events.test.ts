import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIVITY_TYPES } from '../../server/src/audit/index.ts';
import { codeIn, readPage, sections, tableRows } from '../support/markdown.ts';
import { serverSources, walk } from '../support/source.ts';

const LIST = 'audit/activity-types.ts';
const types: ReadonlySet<string> = new Set(AUDIT_ACTIVITY_TYPES);

/** Whatever the code names outside the list of all types, it records. */
function recordedTypes(): string[] {
  const found = new Set<string>();
  for (const { path, tree } of serverSources()) {
    if (path === LIST) continue;
    walk(tree, (node) => {
      if (ts.isStringLiteral(node) && types.has(node.text)) found.add(node.text);
    });
  }
  return [...found].sort();
}

/** Those of the tables below the page's headings. */
const toldTypes = (): string[] =>
  [...sections(readPage('docs/reference/events.md')).values()]
    .flatMap(tableRows)
    .map(([type]) => codeIn(type))
    .sort();

describe('docs/reference/events.md', () => {
  it('tells of every type that is recorded, once, and of no other', () => {
    expect(toldTypes()).toEqual(recordedTypes());
  });
});
