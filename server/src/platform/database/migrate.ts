import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './open.ts';

/** One step of the database's history. Forward only, and safe while the version before it still runs. */
export interface Migration {
  /** `YYYYMMDDNN-what`; names sort into the one order over all capabilities. */
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a migration sees the database of its own day, which has no type
  up(db: Kysely<any>): Promise<void>;
}

/**
 * Brings the database up to date under PostgreSQL's advisory lock, so that processes started together
 * do it once. Takes the whole list; throws the first failure with the migration's name in its message.
 *
 * @returns the names of those applied now
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<string[]> {
  const migrator = new Migrator({
    db: database.acrossProjects,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(migrations.map((migration) => [migration.name, migration])),
    },
    migrationTableSchema: 'instance',
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new Error(`Migration ${failed} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return results.map((result) => result.migrationName);
}
