import type { OperationNode, QueryCompiler } from 'kysely';
import { LRUCache } from 'lru-cache';

const QUERY_KINDS = new Set([
  'SelectQueryNode',
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
]);

type Loose = OperationNode & Record<string, unknown>;

const isNode = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && typeof (value as Loose).kind === 'string';

function children(node: Loose): Loose[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** The node and all below it, but not the insides of nested queries, which are judged on their own. */
function* within(node: Loose): Generator<Loose> {
  yield node;
  for (const child of children(node)) if (!QUERY_KINDS.has(child.kind)) yield* within(child);
}

function namesProject(nodes: unknown): boolean {
  const roots = (Array.isArray(nodes) ? nodes : [nodes]).filter(isNode);
  for (const root of roots) {
    for (const node of within(root)) {
      if (node.kind === 'ColumnNode' && (node.column as Loose | undefined)?.name === 'project_id')
        return true;
      if (node.kind === 'RawNode' && (node.sqlFragments as string[]).join(' ').includes('project_id'))
        return true;
    }
  }
  return false;
}

/** The table's name when it is one of the schema `public`, where only tables of projects stand. */
function projectTable(node: unknown, ctes: ReadonlySet<string>): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.kind === 'AliasNode') return projectTable(node.node, ctes);
  if (node.kind !== 'TableNode') return undefined;
  const { schema, identifier } = node.table as { schema?: { name: string }; identifier: { name: string } };
  if (schema !== undefined && schema.name !== 'public') return undefined;
  return ctes.has(identifier.name) ? undefined : identifier.name;
}

const list = (value: unknown): Loose[] => (Array.isArray(value) ? value : [value]).filter(isNode);

/** The first table in this query (nested ones aside) that is used without its `project_id`. */
function unguardedTable(query: Loose, ctes: ReadonlySet<string>): string | undefined {
  if (query.kind === 'InsertQueryNode') {
    const table = projectTable(query.into, ctes);
    return table !== undefined && !namesProject(query.columns) ? table : undefined;
  }
  const from = isNode(query.from) ? list(query.from.froms) : [];
  const sources = [...from, ...list(query.table), ...(isNode(query.using) ? list(query.using.tables) : [])];
  const table = sources.map((source) => projectTable(source, ctes)).find((name) => name !== undefined);
  if (table !== undefined && !namesProject(query.where)) return table;
  return list(query.joins)
    .filter((join) => !namesProject(join.on))
    .map((join) => projectTable(join.table, ctes))
    .find((name) => name !== undefined);
}

function check(node: Loose, inherited: ReadonlySet<string>): void {
  let ctes = inherited;
  if (QUERY_KINDS.has(node.kind)) {
    const named = isNode(node.with) ? list(node.with.expressions) : [];
    ctes = new Set([
      ...inherited,
      ...named.map((cte) => {
        const name = cte.name as { table: { table: { identifier: { name: string } } } };
        return name.table.table.identifier.name;
      }),
    ]);
    const table = unguardedTable(node, ctes);
    if (table !== undefined) {
      throw new Error(
        `A query on "${table}" does not name project_id. Add .where('project_id', '=', db.projectID), ` +
          'or to the join: .onRef(…project_id…).',
      );
    }
  }
  for (const child of children(node)) check(child, ctes);
}

/** How many statements are remembered as judged; an application has some hundreds. */
const REMEMBERED = 2_000;

/**
 * Makes a compiler that refuses, before it runs, a query on a project's table that does not name `project_id`:
 * the second wall between projects, for the day somebody forgets the first. A statement is judged once: the
 * same text has the same tables and conditions, whatever its parameters.
 */
export function guardProjects(compiler: QueryCompiler): QueryCompiler {
  const passed = new LRUCache<string, true>({ max: REMEMBERED });
  return {
    compileQuery(node, queryId) {
      const query = compiler.compileQuery(node, queryId);
      if (passed.has(query.sql)) return query;
      check(node as unknown as Loose, new Set());
      passed.set(query.sql, true);
      return query;
    },
  };
}
