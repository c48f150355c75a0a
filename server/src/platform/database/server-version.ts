import { sql } from 'kysely';
import type { Database } from './open.ts';

const LEAST_VERSION = 15;

/** The PostgreSQL behind DATABASE_URL is too old. The message says what to do. */
export class DatabaseVersionError extends Error {
  override readonly name = 'DatabaseVersionError';
}

/**
 * Checks that the server is one we run on.
 * @returns its version, such as `15.18`
 * @throws DatabaseVersionError
 */
export async function checkServerVersion(database: Database): Promise<string> {
  const { rows } = await sql<{ number: number; text: string }>`
    select current_setting('server_version_num')::int as number,
      split_part(current_setting('server_version'), ' ', 1) as text`.execute(database.kysely);
  const { number = 0, text = 'unknown' } = rows[0] ?? {};
  if (number >= LEAST_VERSION * 10_000) return text;
  throw new DatabaseVersionError(
    `PostgreSQL ${text} is too old: Latchkey needs ${LEAST_VERSION} or later. Give DATABASE_URL of a newer server, ` +
      'or leave it out to use the embedded one.',
  );
}
