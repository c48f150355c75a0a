import ts from 'typescript';
import { expect, it } from 'vitest';
import { codeIn, readPage, tableRows } from '../support/markdown.ts';
import { literalOf, serverSources, walk } from '../support/source.ts';

/** The names of all limits in the code: each is an object with a name, a maximum and a window. */
function limitNames(): string[] {
  const names: string[] = [];
  for (const { tree } of serverSources()) {
    walk(tree, (node) => {
      if (!ts.isObjectLiteralExpression(node)) return;
      const fields = new Map(
        node.properties.flatMap((property) =>
          ts.isPropertyAssignment(property) ? [[property.name.getText(), property.initializer]] : [],
        ),
      );
      const name = literalOf(fields.get('name'));
      if (name !== undefined && fields.has('max') && fields.has('windowMs')) names.push(name);
    });
  }
  return names.sort();
}

it('docs/reference/limits.md tells of every limit, once, and of no other', () => {
  const told = tableRows(readPage('docs/reference/limits.md')).map(([name]) => codeIn(name));
  expect(told.sort()).toEqual(limitNames());
});
