import { type Kysely, sql } from 'kysely';
import type { DB } from '../platform/database/index.ts';

/** The projects in which something may be for the sweep to do. */
export async function projectsToSweep(acrossProjects: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ project_id: string }>`
    select project_id from messages where state in ('queued', 'waiting', 'sending')
    union
    select project_id from messages where secret_sealed is not null and secret_expires_at <= ${now}
    union
    select project_id from mailbox where expires_at <= ${now}`.execute(acrossProjects);
  return rows.map((row) => row.project_id);
}
