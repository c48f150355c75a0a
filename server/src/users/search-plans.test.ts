import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import type { DB, ProjectDb } from '../platform/database/index.ts';
import { countUsers, searchUsers, type UserPageRequest } from './index.ts';
import { searchForm } from './search-text.ts';

const USERS = 6_000;
let test: TestDatabase;
let pool: pg.Pool;
let watched: ProjectDb;
const queries: { sql: string; parameters: readonly unknown[] }[] = [];

beforeAll(async () => {
  test = await testDatabase();
  for (const id of ['one', 'two']) await insertProject(test.database, id);
  const rows = sql.lit(USERS);
  // Half of them in another project; names repeat, addresses don't; a third never signed in.
  await sql`
    insert into users (project_id, id, search_text, last_login_at, created_at, updated_at)
    select case when i % 2 = 0 then 'one' else 'two' end, gen_random_uuid(),
      concat_ws(chr(10), 'user' || i || '@example.com', md5(i::text), (array[${sql.join(
        ['anna', 'ben', searchForm('王小明'), searchForm('владимир')].map((name) => sql.lit(name)),
      )}])[1 + i % 4]),
      case when i % 3 = 0 then null else timestamptz '2026-01-01' + i % 1000 * interval '1 hour' end,
      timestamptz '2025-01-01' + i % 500 * interval '1 minute', timestamptz '2025-01-01'
    from generate_series(1, ${rows}) i`.execute(test.database.acrossProjects);
  await sql`vacuum analyze users`.execute(test.database.acrossProjects);
  pool = new pg.Pool({ connectionString: test.url, max: 1, options: '-c enable_seqscan=off' });
  const reader = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log({ query }) {
      queries.push(query);
    },
  });
  watched = { ...test.database.forProject('one'), reader };
});
afterAll(async () => {
  await pool.end();
  await test.stop();
});

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** The plan of the one query that the work runs, its nodes from the top. */
async function planOf(work: (db: ProjectDb) => Promise<unknown>): Promise<Plan[]> {
  queries.length = 0;
  await work(watched);
  const [query] = queries;
  if (query === undefined || queries.length !== 1) throw new Error(`${queries.length} queries`);
  const explained = await pool.query(`explain (analyze, format json) ${query.sql}`, [...query.parameters]);
  const all = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(all)];
  return all(explained.rows[0]['QUERY PLAN'][0].Plan);
}

const indexes = (plan: Plan[]) => plan.flatMap((node) => node['Index Name'] ?? []);
/** Rows that were looked at below the limit, taken or not. */
const looked = (plan: Plan[]) =>
  Math.max(...plan.map((node) => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)));

const first: UserPageRequest = { sortBy: 'CREATED_AT', sortDirection: 'DESC', limit: 20, backward: false };

describe.each([
  ['CREATED_AT', 'users_created_at'],
  ['LAST_LOGIN_AT', 'users_last_login_at'],
] as const)('a list by %s', (sortBy, index) => {
  it.each(['ASC', 'DESC'] as const)(
    '%s reads a page, however far down, from its index',
    async (sortDirection) => {
      const request = { ...first, sortBy, sortDirection };
      let after: string | undefined;
      for (let page = 0; page < 40; page += 1) {
        const { items, cursorOf } = await searchUsers(watched, { ...request, limit: 50, after });
        const last = items.at(-1);
        after = last && cursorOf(last);
      }
      expect(after).toBeDefined();
      for (const page of [{}, { after }, { before: after, backward: true }]) {
        const plan = await planOf((db) => searchUsers(db, { ...request, ...page }));
        expect(indexes(plan)).toEqual([index]);
        expect(plan.map((node) => node['Node Type'])).not.toContain('Sort');
        expect(looked(plan)).toBe(21);
      }
    },
  );
});

describe('a search', () => {
  it.each([
    ['user1234@', 1],
    ['nobody@nowhere', 0],
    ['щит', 0],
    ['user123 王小', 3],
  ])('for %j, which few have, reads them from the index', async (keyword, count) => {
    const plan = await planOf((db) => searchUsers(db, { ...first, keyword }));
    expect(indexes(plan)).toEqual(['users_search']);
    expect(plan[0]?.['Actual Rows']).toBe(count);
    const counting = await planOf((db) => countUsers(db, { keyword }));
    expect(indexes(counting)).toEqual(['users_search']);
  });

  it.each(['example', 'anna', '小', 'an', 'a'])('for %j, which many have, stops early', async (keyword) => {
    const plan = await planOf((db) => searchUsers(db, { ...first, keyword }));
    expect(indexes(plan)).toEqual(['users_created_at']);
    expect(looked(plan)).toBeLessThan(200);
  });
});
