import type { ProjectDb } from '../platform/database/index.ts';
import type { User } from './model.ts';
import { readCursor, writeCursor } from './search-cursor.ts';
import { wantedBy } from './search-keyword.ts';
import { searchStore } from './search-store.ts';

export interface UserPageRequest {
  /** Part of a login id or a name, in any case, or an id; several words may stand in any order. */
  keyword?: string;
  sortBy: 'CREATED_AT' | 'LAST_LOGIN_AT';
  sortDirection: 'ASC' | 'DESC';
  limit: number;
  /** The `limit` last before `before` instead of the first after `after`. */
  backward: boolean;
  after?: string;
  before?: string;
}

export interface UserPage {
  /** In the order of the list, whichever way it was asked for. */
  items: User[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** The cursor of a user of this page. */
  cursorOf(user: User): string;
}

/**
 * Reads one page of the users, with an index behind every order and search. Each page costs the same.
 * @throws Invalid `InvalidCursor`
 */
export async function searchUsers(db: ProjectDb, request: UserPageRequest): Promise<UserPage> {
  const { sortBy, sortDirection, limit, backward } = request;
  const read = (cursor: string | undefined) =>
    cursor === undefined ? undefined : readCursor(sortBy, cursor);
  const [after, before] = [read(request.after), read(request.before)];
  // A page before a cursor is read in reverse, and turned round.
  const found = await searchStore(db).list({
    wanted: wantedBy(request.keyword),
    sortBy,
    ascending: (sortDirection === 'ASC') !== backward,
    limit: limit + 1,
    ...(backward ? { after: before, before: after } : { after, before }),
  });
  const hasMore = found.length > limit;
  const page = found.slice(0, limit);
  if (backward) page.reverse();
  const cursors = new Map(page.map(({ user, place }) => [user.id, writeCursor(sortBy, place)]));
  return {
    items: page.map(({ user }) => user),
    hasNextPage: backward ? before !== undefined : hasMore,
    hasPreviousPage: backward ? hasMore : after !== undefined,
    cursorOf: ({ id }) => cursors.get(id) ?? '',
  };
}

/** How many users a keyword finds; its cost grows with that number, so ask only when it is shown. */
export const countUsers = (db: ProjectDb, { keyword }: { keyword?: string }): Promise<number> =>
  searchStore(db).count(wantedBy(keyword));
