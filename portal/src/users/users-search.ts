/** What the address of the list says: the search, and the cursor of the page. */
export interface UsersSearch {
  q?: string;
  after?: string;
  before?: string;
}

/** Reads the search from the address; anything malformed counts as absent. */
export function readUsersSearch(search: Record<string, unknown>): UsersSearch {
  // The router reads `?q=123` as a number.
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
  return { q: text(search.q), after: text(search.after), before: text(search.before) };
}
