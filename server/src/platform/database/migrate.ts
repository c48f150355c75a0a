import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { DatabaseUnusableError } from './errors.ts';
import type { Migration } from './migration.ts';
import { migrationState } from './migration-state.ts';
import type { Database } from './open.ts';

/** SQLSTATE: the account lacks a right. */
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Brings the database up to date under PostgreSQL's advisory lock, so that processes started together
 * do it once. Takes the whole list.
 *
 * @returns the names of those applied now
 * @throws DatabaseUnusableError where a newer version has been here, or the account may not make tables;
 *   otherwise the first failure, with the migration's name in its message
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
  if (error === undefined) return results.map((result) => result.migrationName);

  if ((error as { code?: unknown }).code === INSUFFICIENT_PRIVILEGE)
    throw await mayNot(database, error as Error);
  const failed = results.find((result) => result.status === 'Error')?.migrationName;
  if (failed === undefined) await refuseNewer(database, migrations);
  const what = failed === undefined ? 'Bringing the database up to date' : `Migration ${failed}`;
  throw new Error(`${what} failed: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

async function mayNot({ acrossProjects }: Database, cause: Error): Promise<DatabaseUnusableError> {
  const { rows } = await sql<{ owning: string }>`
    select format('alter database %I owner to %I', current_database(), current_user) as owning`.execute(
    acrossProjects,
  );
  return new DatabaseUnusableError(
    `The account that Latchkey signs in to its database with may not make tables there (${cause.message}): make ` +
      `it the owner with "${rows[0]?.owning}".`,
    { cause },
  );
}

async function refuseNewer(database: Database, migrations: readonly Migration[]): Promise<void> {
  const { unknown } = await migrationState(database, migrations);
  if (unknown.length === 0) return;
  throw new DatabaseUnusableError(
    `A newer Latchkey has changed this database (${unknown.join(', ')}): run that version or a later one.`,
  );
}
