import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { DB, ProjectDb } from '../platform/database/index.ts';
import type { User } from './model.ts';
import { toUser, USER_COLUMNS } from './rows.ts';

/** What is looked for: every word somewhere in the search text, or the user of this id. */
export interface Wanted {
  words: readonly string[];
  id?: string;
}

/** Where a user stands in a list: microseconds since 1970, or null where the time never was; then the id. */
export interface Place {
  micros: string | null;
  id: string;
}

export interface PlacedUser {
  user: User;
  place: Place;
}

interface PageQuery {
  wanted: Wanted;
  sortBy: 'CREATED_AT' | 'LAST_LOGIN_AT';
  ascending: boolean;
  limit: number;
  after?: Place;
  before?: Place;
}

/** As the indexes `users_created_at` and `users_last_login_at` have them. */
const SORT_KEYS: Record<PageQuery['sortBy'], RawBuilder<Date>> = {
  CREATED_AT: sql`created_at`,
  LAST_LOGIN_AT: sql`coalesce(last_login_at, '-infinity'::timestamptz)`,
};

const SORT_COLUMNS = { CREATED_AT: sql`created_at`, LAST_LOGIN_AT: sql`last_login_at` } as const;

const moment = ({ micros }: Place): RawBuilder<Date> =>
  micros === null
    ? sql`'-infinity'::timestamptz`
    : sql`timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond'`;

const containing = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;

function matching<Output>(
  query: SelectQueryBuilder<DB, 'users', Output>,
  { words, id }: Wanted,
): SelectQueryBuilder<DB, 'users', Output> {
  if (words.length === 0) return query;
  return query.where((eb) => {
    const inText = eb.and(words.map((word) => eb('search_text', 'like', containing(word))));
    return id === undefined ? inText : eb.or([inText, eb('id', '=', id)]);
  });
}

/** The lists of users of one project. */
export const searchStore = (db: ProjectDb) => {
  const users = () => db.reader.selectFrom('users').where('project_id', '=', db.projectID);

  return {
    /** Users in the order asked for, those between two places only. */
    async list({ wanted, sortBy, ascending, limit, after, before }: PageQuery): Promise<PlacedUser[]> {
      const key = SORT_KEYS[sortBy];
      const beyond = (place: Place, upwards: boolean) =>
        sql<boolean>`(${key}, id) ${sql.raw(upwards ? '>' : '<')} (${moment(place)}, ${place.id}::uuid)`;
      const direction = ascending ? 'asc' : 'desc';
      let query = matching(users(), wanted)
        .select(USER_COLUMNS)
        .select(
          sql<string | null>`(extract(epoch from ${SORT_COLUMNS[sortBy]}) * 1000000)::bigint`.as('micros'),
        );
      if (after) query = query.where(beyond(after, ascending));
      if (before) query = query.where(beyond(before, !ascending));
      const rows = await query.orderBy(key, direction).orderBy('id', direction).limit(limit).execute();
      return rows.map((row) => ({ user: toUser(row), place: { micros: row.micros, id: row.id } }));
    },

    async count(wanted: Wanted): Promise<number> {
      const row = await matching(users(), wanted)
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
  };
};
