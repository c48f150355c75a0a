import { type Kysely, sql } from 'kysely';

export const name = '2026112410-workers';

/** The workers that are alive; who has not been heard of for a while is dead, and its jobs are free. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table instance.workers (
      id text primary key,
      started_at timestamptz not null,
      heartbeat_at timestamptz not null
    )`.execute(db);
}
