import { type Kysely, sql } from 'kysely';

export const name = '2026112504-failed-attempts';

/**
 * How many wrong tries in a row a password has seen, beside it and therefore logged: neither waiting nor a crash
 * of the database may give them back. The series goes into the keys under which tries are counted elsewhere, so
 * that raising it begins all of them anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table authenticators
      add column failed_attempts int not null default 0,
      add column attempt_series int not null default 0`.execute(db);
}
