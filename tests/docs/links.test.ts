import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage } from '../support/markdown.ts';

const ROOT = join(import.meta.dirname, '../..');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

const withoutCode = (text: string): string =>
  text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '');

/** The name a heading has in an address, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

const anchorsOf = (page: string): string[] =>
  [
    ...readPage(page)
      .replaceAll(/^```.*?^```$/gms, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = '']) => anchorOf(heading));

/** What a page links to within the project, as it stands there. */
const linksOf = (page: string): string[] =>
  [...withoutCode(readPage(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target));

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

/** Paths of source files that a page names, in full or from `server/src` on. */
const namedFiles = (page: string): string[] =>
  [...readPage(page).matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:tsx?|js|json)|(?:[\w.-]+\/){2,})`/g)].map(
    ([, path = '']) => path,
  );

/** What only a build or a start makes. */
const MADE = /^(dist|data|node_modules|postgres)\//;

describe.each(pages)('%s', (page) => {
  it('names files that are there', () => {
    const missing = namedFiles(page).filter(
      (path) =>
        !MADE.test(path) && !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, 'server/src', path)),
    );
    expect(missing).toEqual([]);
  });

  it('has links that lead somewhere', () => {
    // Pictures are taken by the browser tests.
    const links = linksOf(page).filter((target) => !target.endsWith('.png'));
    expect(links.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
  });
});

it('every page of the documentation can be reached from README.md', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const target of linksOf(page)) {
      const file = join(dirname(page), target.split('#')[0] ?? '');
      if (file.endsWith('.md') && existsSync(join(ROOT, file))) reached.add(file);
    }
  }
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});
