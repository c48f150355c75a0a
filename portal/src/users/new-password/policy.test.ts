import { describe, expect, test } from 'vitest';
import { checklist, type PasswordPolicy, strengthWords } from './policy.ts';

const LAX: PasswordPolicy = {
  minLength: 8,
  maxLength: 128,
  uppercaseRequired: false,
  lowercaseRequired: false,
  alphabetRequired: false,
  digitRequired: false,
  symbolRequired: false,
  minimumGuessableLevel: 0,
  historySize: 0,
  historyDays: 0,
  typingByOperators: true,
};

const states = (...input: Parameters<typeof checklist>) =>
  Object.fromEntries(checklist(...input).map(({ name, state }) => [name, state]));

describe('the checklist', () => {
  test('has a line for each rule that the project asks, and no other', () => {
    expect(checklist(LAX, undefined).map(({ name }) => name)).toEqual([
      'PasswordTooShort',
      'PasswordContainingExcludedKeywords',
    ]);
    const strict = { ...LAX, digitRequired: true, minimumGuessableLevel: 3 };
    expect(checklist(strict, undefined).map(({ words }) => words)).toEqual([
      'At least 8 characters',
      'A digit (0–9)',
      'At least this strong: Fair',
      'No login ID of the user, project name or forbidden word',
    ]);
  });

  test('is open until something was checked', () => {
    expect(Object.values(states(LAX, undefined))).toEqual(['open', 'open']);
  });

  test('ticks what is kept and marks what is broken', () => {
    expect(states(LAX, [{ Name: 'PasswordTooShort' }])).toEqual({
      PasswordTooShort: 'broken',
      PasswordContainingExcludedKeywords: 'met',
    });
  });

  test('leaves former passwords to the server, until it refuses one', () => {
    const policy = { ...LAX, historyDays: 90 };
    expect(states(policy, []).PasswordReused).toBe('later');
    expect(states(policy, [{ Name: 'PasswordReused' }]).PasswordReused).toBe('broken');
  });

  test('says nothing of former passwords to who has none', () => {
    expect(states({ ...LAX, historySize: 3 }, [], true)).not.toHaveProperty('PasswordReused');
  });

  test('gains a line for a rule that is rarely broken, once', () => {
    const causes = [{ Name: 'PasswordTooLong' }, { Name: 'PasswordTooLong' }, { Name: 'SomethingNew' }];
    expect(checklist(LAX, causes).slice(2)).toEqual([
      { name: 'PasswordTooLong', words: 'At most 128 characters', state: 'broken' },
      { name: 'SomethingNew', words: 'One more rule of the server: SomethingNew', state: 'broken' },
    ]);
  });

  test('counts in the singular too', () => {
    expect(checklist({ ...LAX, minLength: 1 }, undefined)[0]?.words).toBe('At least 1 character');
  });
});

test.each([
  [1, 'Very weak'],
  [5, 'Strong'],
  [0, 'Very weak'],
  [9, 'Strong'],
])('strength %i is %s', (level, words) => {
  expect(strengthWords(level)).toBe(words);
});
