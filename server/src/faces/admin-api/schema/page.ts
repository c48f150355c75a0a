import { badInput } from '../errors.ts';

/** The Relay arguments of a connection, as they arrive. */
export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** What the arguments ask for: `limit` items after (or, backwards, before) the item that the cursor names. */
export interface PageRequest {
  limit: number;
  backward: boolean;
  after?: string;
  before?: string;
}

/** One page in the order of the list, whichever way it was asked for. */
export interface Page<Item> {
  items: readonly Item[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

const DEFAULT_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

function size(name: string, value: number): number {
  if (value < 1 || value > MAX_PAGE_SIZE) {
    throw badInput('InvalidPageSize', `"${name}" must be between 1 and ${MAX_PAGE_SIZE}`, {
      maximum: MAX_PAGE_SIZE,
    });
  }
  return value;
}

/**
 * Reads the arguments of a connection: 20 items unless told, 100 at the most.
 * @throws Invalid `InvalidPageSize` or `InvalidPage` (both directions at once)
 */
export function pageRequest(args: PageArgs): PageRequest {
  const { first, last, after, before } = args;
  if (first != null && last != null) {
    throw badInput('InvalidPage', 'a page is asked for with "first" or with "last", not with both');
  }
  const backward = last != null;
  const limit = last != null ? size('last', last) : size('first', first ?? DEFAULT_SIZE);
  return { limit, backward, after: after ?? undefined, before: before ?? undefined };
}

/** A cursor the outside may keep: opaque, and stable while its item lives. */
export const encodeCursor = (...parts: string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/**
 * Reads a cursor made by `encodeCursor`.
 * @throws Invalid `InvalidCursor`
 */
export function decodeCursor(cursor: string, parts: number): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === parts && value.every((part) => typeof part === 'string'))
      return value;
  } catch {
    // Not JSON: the same answer as for every other text that is no cursor of ours.
  }
  throw badCursor();
}

/** The answer to a cursor that this list never gave out. */
export const badCursor = () => badInput('InvalidCursor', 'the cursor was not given out by this list');

/** A connection as the schema wants it. */
export interface Connection<Item> {
  edges: { cursor: string; node: Item }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: () => Promise<number>;
}

/** Puts a page into the shape of a connection; `totalCount` runs only when it is asked for. */
export function connection<Item>(
  page: Page<Item>,
  cursorOf: (item: Item) => string,
  totalCount: () => Promise<number>,
): Connection<Item> {
  const edges = page.items.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/** A connection over a short list that is at hand as a whole, such as the identities of one user. */
export function listConnection<Item>(
  items: readonly Item[],
  args: PageArgs,
  idOf: (item: Item) => string,
): Connection<Item> {
  const { limit, backward, after, before } = pageRequest(args);
  const find = (cursor: string): number => {
    const [id] = decodeCursor(cursor, 1);
    const index = items.findIndex((item) => idOf(item) === id);
    if (index < 0) throw badCursor();
    return index;
  };
  const lower = after === undefined ? 0 : find(after) + 1;
  const upper = before === undefined ? items.length : find(before);
  const start = backward ? Math.max(lower, upper - limit) : lower;
  const end = backward ? upper : Math.min(upper, lower + limit);
  return connection(
    {
      items: items.slice(start, Math.max(start, end)),
      hasPreviousPage: start > 0,
      hasNextPage: end < items.length,
    },
    (item) => encodeCursor(idOf(item)),
    async () => items.length,
  );
}

/** The connection of what is not built yet, or of what a user has none of. */
export const noItems = (args: PageArgs): Connection<never> => listConnection([], args, () => '');
