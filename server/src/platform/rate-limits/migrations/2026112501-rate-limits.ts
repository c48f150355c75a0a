import { type Kysely, sql } from 'kysely';

export const name = '2026112501-rate-limits';

/**
 * How often something was done in a window of time. A row is written at every attempt and worth nothing once its
 * window has ended, so the table is not logged: a crash of the database forgets the counts. What is counted is
 * kept as a keyed hash: login ids and addresses of visitors stand nowhere.
 *
 * The function counts one use of each key, or of none where one has reached its maximum, and returns those that
 * have. It is a function because no single query can look at all rows in their newest version, holding them, and
 * then decide. It takes the rows in the order of their keys, so that two calls never wait for each other.
 * `is_first` is true for the first refusal of a window, and only once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table instance.rate_limits (
      project_id text not null,
      key bytea not null,
      count int not null,
      ends_at timestamptz not null,
      blocked boolean not null,
      primary key (project_id, key)
    )`.execute(db);
  await sql`create index rate_limits_ends_at on instance.rate_limits (ends_at)`.execute(db);
  await sql`
    create function instance.use_rate_limits(
      of_project text, keys bytea[], maxima int[], ends timestamptz[], moment timestamptz
    ) returns table (place bigint, blocked_until timestamptz, is_first boolean)
    language plpgsql as $$
    begin
      insert into instance.rate_limits as r (project_id, key, count, ends_at, blocked)
      select of_project, u.key, 1, u.ends_at, false
      from unnest(keys, ends) as u (key, ends_at)
      order by u.key
      on conflict (project_id, key) do update set
        count = case when r.ends_at <= moment or r.count = 0 then 1 else r.count + 1 end,
        ends_at = case when r.ends_at <= moment or r.count = 0 then excluded.ends_at else r.ends_at end,
        blocked = case when r.ends_at <= moment or r.count = 0 then false else r.blocked end;

      return query
        select u.place, r.ends_at, not r.blocked
        from unnest(keys, maxima) with ordinality as u (key, maximum, place)
        join instance.rate_limits r on r.project_id = of_project and r.key = u.key
        where r.count > u.maximum
        order by u.place;
      if not found then return; end if;

      -- Nobody has seen what is taken back here: the rows are held since they were counted.
      update instance.rate_limits r
      set count = r.count - 1, blocked = r.blocked or r.count > u.maximum
      from unnest(keys, maxima) as u (key, maximum)
      where r.project_id = of_project and r.key = u.key;
    end
    $$`.execute(db);
}
