import pg from 'pg';
import { loadLibrary } from './load-library.ts';
import { createLibraryLog } from './log.ts';

/** Where Graphile Worker keeps its tables; see docs/decisions/jobs-schema.md. */
export const SCHEMA = 'graphile_worker';

/** The last migration of the library that is installed; a test compares it with the library. */
export const LATEST_MIGRATION = 20;

/**
 * Brings the job queue's own schema up to date; run it after our migrations. Where it is, the library is not
 * even loaded: a start must be quick.
 *
 * @param url reaches PostgreSQL without a pooler
 */
export async function migrateJobs(url: string): Promise<void> {
  if ((await appliedMigration(url)) >= LATEST_MIGRATION) return;
  const { runMigrations } = await loadLibrary();
  await runMigrations({ connectionString: url, schema: SCHEMA, logger: await createLibraryLog() });
}

/** The last migration that this database has seen; 0 where it has seen none. */
async function appliedMigration(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  // A broken connection fails the query; without a listener it would end the process as well.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ present: boolean }>(
      "select to_regclass('graphile_worker.migrations') is not null as present",
    );
    if (!rows[0]?.present) return 0;
    const latest = await client.query<{ id: number }>(
      'select coalesce(max(id), 0) as id from graphile_worker.migrations',
    );
    return latest.rows[0]?.id ?? 0;
  } finally {
    await client.end();
  }
}
