import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './open.ts';

const PATIENCE_MS = 2_000;

/** Whether the database answers within two seconds. */
export async function databaseAnswers(database: Database): Promise<boolean> {
  const asked = sql`select 1`.execute(database.kysely).then(
    () => true,
    () => false,
  );
  return Promise.race([asked, pause(PATIENCE_MS, false, { ref: false })]);
}
