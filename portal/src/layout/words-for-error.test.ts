import { expect, test } from 'vitest';
import { ApiError } from '../api/error.ts';
import { wordsForError } from './words-for-error.ts';

test('a known reason has words of its own, whatever the server says', () => {
  expect(wordsForError(new ApiError('Forbidden', 'MayNotActOnCollaborator', 'x'))).toMatch(
    /^This user works on a project/,
  );
});

test("otherwise the server's words become a sentence", () => {
  expect(wordsForError(new ApiError('Invalid', 'Whatever', 'users of this project have no phone'))).toBe(
    'Users of this project have no phone.',
  );
  expect(wordsForError(new ApiError('Invalid', 'Whatever', 'Is that so?'))).toBe('Is that so?');
});

test('a failure of the server names the id to find it in the log', () => {
  const error = new ApiError('InternalError', 'UnexpectedError', 'unexpected error', { error_id: 'abc-123' });
  expect(wordsForError(error)).toContain('abc-123');
});

test.each([
  ['Unreachable', /cannot be reached/],
  ['TooManyRequest', /busy/],
  ['ServiceUnavailable', /busy/],
])('%s says what to do', (kind, words) => {
  expect(wordsForError(new ApiError(kind, 'Any', 'internal detail'))).toMatch(words);
});

test('an error of our own shows nothing of itself', () => {
  expect(wordsForError(new TypeError('x is not a function'))).not.toContain('function');
});

test('a reason that is a name of every object is not taken for a known one', () => {
  expect(wordsForError(new ApiError('Invalid', 'constructor', 'say this'))).toBe('Say this.');
});
