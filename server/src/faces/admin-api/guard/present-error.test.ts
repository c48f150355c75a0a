import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { invalid } from '../../../platform/errors.ts';
import { createLog } from '../../../platform/log.ts';
import { presentError } from './present-error.ts';

function listen() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

const inside = (originalError: Error) =>
  new GraphQLError(originalError.message, { originalError, path: ['users'] });

describe('an error', () => {
  it('of ours keeps its kind, reason, info and place', () => {
    const { log, lines } = listen();
    const error = presentError(inside(invalid('TooOdd', 'it is odd', { odd: 3 })), log);
    expect(error.toJSON()).toEqual({
      message: 'it is odd',
      path: ['users'],
      extensions: { errorName: 'Invalid', reason: 'TooOdd', info: { odd: 3 } },
    });
    expect(lines).toEqual([]);
  });

  it('that nobody expected tells an id and nothing else, and the log has the rest', () => {
    const { log, lines } = listen();
    const failure = new Error('relation "users" does not exist at 10.0.0.7');
    const error = presentError(inside(failure), log);
    expect(error.message).toBe('unexpected error');
    expect(JSON.stringify(error)).not.toMatch(/relation|10\.0\.0\.7|stack/);
    const { info } = error.extensions as { info: { error_id: string } };
    expect(lines).toMatchObject([
      { errorID: info.error_id, path: 'users', err: { message: failure.message } },
    ]);
  });

  it.each([new TypeError('x is not a function'), new GraphQLError('a scalar could not be written')])(
    'while running is ours: %s',
    (failure) => {
      const { log, lines } = listen();
      expect(presentError(inside(failure), log).extensions.errorName).toBe('InternalError');
      expect(lines).toHaveLength(1);
    },
  );

  it('that is no error at all is ours too', () => {
    const { log } = listen();
    expect(presentError('text', log).message).toBe('unexpected error');
  });

  it('of the document is the caller’s', () => {
    const { log, lines } = listen();
    const error = presentError(new GraphQLError('Cannot query field "x" on type "Query".'), log);
    expect(error.message).toContain('Cannot query field');
    expect(error.extensions).toEqual({ errorName: 'Invalid', reason: 'GraphQLValidationFailed' });
    expect(lines).toEqual([]);
  });
});
