import { sql } from 'kysely';
import type { Migration } from './migration.ts';
import type { Database } from './open.ts';

/** How a database's history compares with this version's. */
export interface MigrationState {
  applied: string[];
  /** This version's that the next start applies. */
  pending: string[];
  /** Applied by a newer version, which this one does not know. */
  unknown: string[];
}

/** Compares without changing anything; an empty database has nothing applied. */
export async function migrationState(
  database: Database,
  migrations: readonly Migration[],
): Promise<MigrationState> {
  const known = migrations.map(({ name }) => name);
  const { rows: tables } = await sql<{ exists: boolean }>`
    select to_regclass('instance.migrations') is not null as exists`.execute(database.kysely);
  if (!tables[0]?.exists) return { applied: [], pending: known, unknown: [] };
  const { rows } = await sql<{ name: string }>`
    select name from instance.migrations order by name`.execute(database.kysely);
  const applied = rows.map(({ name }) => name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}
