import { describe, expect, it } from 'vitest';
import { operationNames, titleOf, variablesIn } from './operations.ts';

describe('a document', () => {
  it('tells its operations by name', () => {
    expect(operationNames('query A { x } mutation B { y } fragment F on T { z }')).toEqual(['A', 'B']);
    expect(operationNames('{ x }')).toEqual([]);
    expect(operationNames('query A {')).toEqual([]);
  });

  it('is called by its first line', () => {
    expect(titleOf('\n# about\n  query A {\n  x\n}')).toBe('query A {');
    expect(titleOf('  ')).toBe('');
  });
});

describe('variables', () => {
  it('are one JSON object, or none', () => {
    expect(variablesIn('{"a": 1}')).toEqual({ a: 1 });
    expect(variablesIn(' \n')).toBeUndefined();
    for (const text of ['[]', 'null', '1', '"a"', '{', '{a: 1}']) {
      expect(() => variablesIn(text), text).toThrow(SyntaxError);
    }
  });
});
