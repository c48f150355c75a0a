import { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../server/src/cli/program.ts';
import { codeIn, readPage, tableRows } from '../support/markdown.ts';

/** What every noun or verb may have; the page tells of them once. */
const EVERYWHERE = ['--help', '--json', '--project', '--password', '--password-stdin', '--generate'];

const page = readPage('docs/reference/command-line.md');

const optionsIn = (text: string): string[] => [...text.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);

/** The options of each command that can be run, by its words, such as `users create`. */
function commandsOf(command: Command, words: readonly string[] = []): [string, string[]][] {
  if (command.commands.length > 0) {
    return command.commands.flatMap((child) => commandsOf(child, [...words, child.name()]));
  }
  return [[words.join(' '), command.options.map(({ long }) => long ?? '').sort()]];
}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const io = { stdin: Readable.from([]), stdout: nowhere, stderr: nowhere, env: {}, status: 0 };
const program = new Map(commandsOf(createProgram(io, true)));

/** The first table of the page: a command each, with its own options. */
const told = new Map(
  tableRows(page.split('\n## ')[0] ?? '').map(([cell]): [string, string[]] => {
    const usage = codeIn(cell);
    const words = /^[a-z-]+( [a-z][a-z-]*)*/.exec(usage)?.[0] ?? '';
    return [words, optionsIn(usage)];
  }),
);

describe('docs/reference/command-line.md', () => {
  it('lists every command, and no other', () => {
    expect([...told.keys()].sort()).toEqual([...program.keys()].sort());
  });

  it.each([...program])('tells of all options of "%s"', (words, options) => {
    const own = options.filter((option) => !EVERYWHERE.includes(option));
    const toldOwn = (told.get(words) ?? []).filter((option) => !EVERYWHERE.includes(option));
    expect(toldOwn.toSorted()).toEqual(own);
  });

  it('tells once of what many commands have', () => {
    expect(EVERYWHERE.filter((option) => !optionsIn(page).includes(option))).toEqual([]);
  });
});
