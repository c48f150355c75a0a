import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/src/platform/config.ts';
import { SECRET_SETTINGS, SETTING_SCHEMAS } from '../../server/src/projects/settings/index.ts';
import { codeIn, readPage, sections, tableRows } from '../support/markdown.ts';
import { literalOf, serverSources, walk } from '../support/source.ts';

const page = sections(readPage('docs/reference/settings.md'));

/** The first argument of each `read('NAME', …)` in platform/config.ts. */
function variablesOfTheCode(): string[] {
  const names = new Set<string>();
  for (const { path, tree } of serverSources()) {
    if (path !== 'platform/config.ts') continue;
    walk(tree, (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'read') return;
      names.add(literalOf(node.arguments[0]) ?? node.getText());
    });
  }
  return [...names].sort();
}

/** Every name in capitals within the first cells of a text's tables. */
const variablesIn = (text: string): string[] =>
  tableRows(text)
    .flatMap(([cell = '']) => [...cell.matchAll(/`([A-Z_]+)`/g)])
    .map(([, name = '']) => name)
    .sort();

/** The table as the schemas have it: a row each. */
const projectRows = (): string[] =>
  [...SETTING_SCHEMAS].map(([key, schema]) => {
    const isSecret = SECRET_SETTINGS.has(key) ? '; kept sealed, of which only the host is shown' : '';
    const value = JSON.stringify(schema.parse(undefined));
    return `| \`${key}\` | ${schema.description}${isSecret} | \`${value}\` |`;
  });

describe('docs/reference/settings.md', () => {
  it('lists the environment variables that the server reads, and no other', () => {
    expect(variablesIn(page.get('Of a process') ?? '')).toEqual(variablesOfTheCode());
  });

  it('tells their defaults', () => {
    const rows = tableRows(page.get('Of a process') ?? '');
    const defaults = new Map(rows.map(([name, , value]) => [codeIn(name), codeIn(value)]));
    const { host, port, logLevel } = readConfig({});
    expect(defaults.get('HOST')).toBe(host);
    expect(defaults.get('PORT')).toBe(String(port));
    expect(defaults.get('LOG_LEVEL')).toBe(logLevel);
  });

  it('lists the settings of a project as their schemas describe them', () => {
    const told = (page.get('Of a project') ?? '').split('\n').filter((line) => line.startsWith('| `'));
    expect(told).toEqual(projectRows());
  });
});

it('README.md lists the same environment variables', () => {
  const readme = sections(readPage('README.md')).get('Settings') ?? '';
  expect(variablesIn(readme)).toEqual(variablesOfTheCode());
});
