import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A page of the documentation, by its path from the project's root. */
export const readPage = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The page's parts by their heading of the given level, without deeper headings' texts left out. */
export function sections(page: string, level = 2): Map<string, string> {
  const parts = page.split(new RegExp(`^#{${level}} +`, 'm')).slice(1);
  return new Map(
    parts.map((part) => {
      const [heading = '', ...rest] = part.split('\n');
      return [heading.trim(), rest.join('\n')];
    }),
  );
}

/** The rows of all tables in a text, head and rule left out; each a list of its cells. */
export function tableRows(text: string): string[][] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows
    .filter((line, index) => !isRule(line) && !isRule(rows[index + 1] ?? ''))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

const isRule = (line: string): boolean => /^\|[\s:|-]+\|$/.test(line);

/** The first thing in a cell that is written as code. */
export const codeIn = (cell: string | undefined): string => /`([^`]+)`/.exec(cell ?? '')?.[1] ?? '';
