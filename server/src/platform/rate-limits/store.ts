import { sql } from 'kysely';
import type { Database, ProjectDb } from '../database/index.ts';

/** A limit as the database knows it. */
export interface CountedUse {
  /** Keyed hash of the limit and of whose use it is. */
  key: Buffer;
  max: number;
  /** When the window ends, should this use begin one. */
  endsAt: Date;
}

/** A use that was refused. */
export interface RefusedUse {
  /** Which of those given, from 0. */
  index: number;
  blockedUntil: Date;
  /** Nobody was told of a refusal in this window before. */
  isFirst: boolean;
}

/** The counts of one project. */
export const rateLimitStore = (db: ProjectDb) => ({
  /** Counts one use of each, or of none; returns those that are used up. */
  async use(uses: readonly CountedUse[], now: Date): Promise<RefusedUse[]> {
    const { rows } = await sql<{ place: string; blocked_until: Date; is_first: boolean }>`
      select place, blocked_until, is_first from instance.use_rate_limits(
        ${db.projectID}, ${uses.map(({ key }) => key)}::bytea[], ${uses.map(({ max }) => max)}::int[],
        ${uses.map(({ endsAt }) => endsAt)}::timestamptz[], ${now}::timestamptz)`.execute(db.kysely);
    return rows.map((row) => ({
      index: Number(row.place) - 1,
      blockedUntil: row.blocked_until,
      isFirst: row.is_first,
    }));
  },

  /**
   * Takes one use of some keys back and removes others. The rows are taken in the order of their keys first, as
   * counting takes them: in another order two calls could wait for each other.
   */
  async settle(giveBack: readonly Buffer[], clear: readonly Buffer[], now: Date): Promise<void> {
    await sql`
      with held as materialized (
        select key from instance.rate_limits
        where project_id = ${db.projectID} and key = any(${[...giveBack, ...clear]}::bytea[])
        order by key for update
      ), given_back as (
        update instance.rate_limits set count = greatest(count - 1, 0)
        where project_id = ${db.projectID} and key in (select key from held)
          and key = any(${[...giveBack]}::bytea[]) and ends_at > ${now}::timestamptz
      )
      delete from instance.rate_limits
      where project_id = ${db.projectID} and key in (select key from held)
        and key = any(${[...clear]}::bytea[])`.execute(db.kysely);
  },

  /** Count and end of the open windows. */
  async find(keys: readonly Buffer[], now: Date): Promise<{ key: Buffer; count: number; ends_at: Date }[]> {
    return db.kysely
      .selectFrom('instance.rate_limits')
      .select(['key', 'count', 'ends_at'])
      .where('project_id', '=', db.projectID)
      .where('key', 'in', keys)
      .where('ends_at', '>', now)
      .where('count', '>', 0)
      .execute();
  },
});

/**
 * Removes, in all projects, the counts whose window ended before `now`. What somebody counts at this moment is left
 * for the next time: to wait for it while holding others could be to wait for each other.
 */
export async function removeEnded({ kysely }: Database, now: Date): Promise<void> {
  await sql`
    delete from instance.rate_limits where (project_id, key) in (
      select project_id, key from instance.rate_limits where ends_at <= ${now}::timestamptz
      for update skip locked
    )`.execute(kysely);
}
