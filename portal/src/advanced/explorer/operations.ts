import { Kind, parse } from 'graphql';

/** The names of the operations in a document, to choose from; none where it does not parse yet. */
export function operationNames(document: string): string[] {
  try {
    return parse(document).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
    );
  } catch {
    return [];
  }
}

/**
 * The variables that a text holds.
 * @throws SyntaxError where it is no JSON object
 */
export function variablesIn(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new SyntaxError('no object');
}

/** The first line that says something: how an operation is called in the history. */
export const titleOf = (document: string): string =>
  document
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#')) ?? '';
