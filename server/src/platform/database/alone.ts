import { sql } from 'kysely';
import type { Database } from './open.ts';

/** Any number that nothing else locks. */
const LOCK = 7_401_000;

/**
 * Does work on the schema while no other process does any: what looks at the whole schema must not meet one that
 * is being changed. The lock is a transaction's, so that even a pooler carries it, and ends with the process.
 */
export function alone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.acrossProjects.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
    return work();
  });
}
