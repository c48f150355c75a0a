import { sql } from 'kysely';
import type { Database } from './open.ts';

const LEAST_VERSION = 15;

/** The PostgreSQL behind DATABASE_URL cannot be used. The message says why and what to do, never the password. */
export class DatabaseUnusableError extends Error {
  override readonly name = 'DatabaseUnusableError';
}

/** The first words that a connection failed with; of several addresses, those of the last. */
function wordsOf(error: unknown): string {
  const last = error instanceof AggregateError ? error.errors.at(-1) : error;
  return last instanceof Error ? last.message : String(last);
}

async function readVersion(database: Database): Promise<{ number: number; text: string } | undefined> {
  try {
    const { rows } = await sql<{ number: number; text: string }>`
      select current_setting('server_version_num')::int as number,
        split_part(current_setting('server_version'), ' ', 1) as text`.execute(database.kysely);
    return rows[0];
  } catch (error) {
    throw new DatabaseUnusableError(
      `The database of DATABASE_URL does not answer (${wordsOf(error)}): check its host, port, name, user and ` +
        'password, and that the server runs.',
      { cause: error },
    );
  }
}

/**
 * Checks that the database answers and is one we run on.
 * @returns its version, such as `15.18`
 * @throws DatabaseUnusableError
 */
export async function checkServerVersion(database: Database): Promise<string> {
  const { number = 0, text = 'of unknown version' } = (await readVersion(database)) ?? {};
  if (number >= LEAST_VERSION * 10_000) return text;
  throw new DatabaseUnusableError(
    `PostgreSQL ${text} is too old: Latchkey needs ${LEAST_VERSION} or later. Give DATABASE_URL of a newer server, ` +
      'or leave it out to use the embedded one.',
  );
}
