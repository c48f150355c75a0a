import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

type Variables = Record<string, unknown>;

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

/** Fields that make work of another kind than reading: up to 100 ms in which the process does nothing else. */
const DEAR: ReadonlyMap<string, number> = new Map([['checkPassword', 10_000]]);

/**
 * How much an operation may make the server do: one point a field (a dear one more), and what stands below a
 * connection counts once for each item that its page may hold. Each fragment is counted once and remembered, so
 * that fragments which spread each other many times over cost no time here.
 */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue,
    ]),
  );
  const known = new Map<string, number>();

  function read(value: ValueNode | undefined): unknown {
    if (value?.kind === Kind.VARIABLE) {
      const given = variables[value.name.value];
      return given === undefined ? read(defaults.get(value.name.value)) : given;
    }
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind === Kind.LIST) return value.values;
    return undefined;
  }

  function selectsEdges(set: SelectionSetNode | undefined, seen: Set<string>): boolean {
    return (set?.selections ?? []).some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === 'edges';
      if (selection.kind === Kind.INLINE_FRAGMENT) return selectsEdges(selection.selectionSet, seen);
      const name = selection.name.value;
      if (seen.has(name)) return false;
      seen.add(name);
      return selectsEdges(fragments.get(name)?.selectionSet, seen);
    });
  }

  function itemsOf(field: FieldNode): number {
    const argument = (name: string) =>
      read(field.arguments?.find((candidate) => candidate.name.value === name)?.value);
    const ids = argument('ids');
    if (Array.isArray(ids)) return Math.max(1, ids.length);
    const size =
      argument('first') ??
      argument('last') ??
      (selectsEdges(field.selectionSet, new Set()) ? DEFAULT_PAGE : 1);
    return typeof size === 'number' ? Math.min(Math.max(1, size), LARGEST_PAGE) : 1;
  }

  function ofFragment(name: string): number {
    const cost = known.get(name);
    if (cost !== undefined) return cost;
    known.set(name, 0);
    const fragment = fragments.get(name);
    const fresh = fragment === undefined ? 0 : ofSelections(fragment.selectionSet);
    known.set(name, fresh);
    return fresh;
  }

  function ofSelections(set: SelectionSetNode | undefined): number {
    let cost = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) cost += ofSelections(selection.selectionSet);
      else if (!selection.name.value.startsWith('__'))
        cost +=
          (DEAR.get(selection.name.value) ?? 1) + itemsOf(selection) * ofSelections(selection.selectionSet);
    }
    return cost;
  }

  return ofSelections(operation.selectionSet);
}
