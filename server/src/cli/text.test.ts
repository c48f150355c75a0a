import fc from 'fast-check';
import { expect, test } from 'vitest';
import { facts, quoted, table, time } from './text.ts';

test('columns are as wide as their widest cell, and lines end where their text does', () => {
  expect(
    table(
      ['ID', 'NAME'],
      [
        ['1', 'Ada'],
        ['1000', 'Zoë 🦉'],
        ['7', ''],
      ],
    ),
  ).toBe(['ID    NAME', '1     Ada', '1000  Zoë 🦉', '7'].join('\n'));
});

test('facts stand under each other, the unknown left out', () => {
  expect(facts({ 'User ID': 'x', Mail: undefined, Name: 'Ada' })).toBe('User ID  x\nName     Ada');
});

test('nothing that people entered reaches the terminal as a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const lines = [table(['A'], [[text]]), facts({ A: text }), quoted(text)].join('');
      expect(lines.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('times are told in UTC, none as a dash', () => {
  expect(time(new Date('2026-01-15T12:00:59Z'))).toBe('2026-01-15 12:00 UTC');
  expect(time(null)).toBe('–');
});
