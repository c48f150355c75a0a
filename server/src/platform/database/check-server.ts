import { sql } from 'kysely';
import { type DatabaseSetting, DatabaseUnusableError } from './errors.ts';
import type { Database } from './open.ts';

const LEAST_VERSION = 15;
const ENCODING = 'UTF8';

interface Facts {
  number: number;
  version: string;
  encoding: string;
  isReadOnly: boolean;
}

/** The first words that a connection failed with; of several addresses, those of the last. */
function wordsOf(error: unknown): string {
  const last = error instanceof AggregateError ? error.errors.at(-1) : error;
  return last instanceof Error ? last.message : String(last);
}

async function ask(database: Database, setting: DatabaseSetting): Promise<Facts | undefined> {
  try {
    const { rows } = await sql<Facts>`
      select current_setting('server_version_num')::int as "number",
        split_part(current_setting('server_version'), ' ', 1) as "version",
        current_setting('server_encoding') as "encoding",
        current_setting('transaction_read_only') = 'on' as "isReadOnly"`.execute(database.kysely);
    return rows[0];
  } catch (error) {
    throw new DatabaseUnusableError(
      `The database of ${setting} does not answer (${wordsOf(error)}): check its host, port, name, user and ` +
        'password, and that the server runs.',
      { cause: error },
    );
  }
}

/**
 * Checks that the database answers and is one we run on: new enough, in UTF-8, and taking changes.
 *
 * @param setting what the address came from, to be named where it is of no use
 * @returns the server's version, such as `15.18`
 * @throws DatabaseUnusableError
 */
export async function checkServer(
  database: Database,
  setting: DatabaseSetting = 'DATABASE_URL',
): Promise<string> {
  const found = await ask(database, setting);
  const { number = 0, version = 'of unknown version', encoding, isReadOnly } = found ?? {};
  if (number < LEAST_VERSION * 10_000) {
    throw new DatabaseUnusableError(
      `PostgreSQL ${version} is too old: Latchkey needs ${LEAST_VERSION} or later. Give ${setting} of a newer ` +
        'server, or leave it out to use the embedded one.',
    );
  }
  if (encoding !== ENCODING) {
    throw new DatabaseUnusableError(
      `The database of ${setting} is encoded in ${encoding}, which does not hold every name: make one with ` +
        `"create database … template template0 encoding '${ENCODING}'" and give that.`,
    );
  }
  if (isReadOnly) {
    throw new DatabaseUnusableError(
      `The database of ${setting} is read-only, as a replica is: give the address of the one that takes changes.`,
    );
  }
  return version;
}
