import { type Kysely, sql } from 'kysely';
import type { DB, ProjectDb } from '../platform/database/index.ts';
import type { Sealed, SealedStore } from '../platform/secret-rotation.ts';

/** The settings of one project as they are stored, secrets sealed. */
export const settingsStore = (db: ProjectDb) => ({
  async all(): Promise<Map<string, unknown>> {
    const rows = await db.kysely
      .selectFrom('settings')
      .select(['key', 'value'])
      .where('project_id', '=', db.projectID)
      .execute();
    return new Map(rows.map(({ key, value }) => [key, value]));
  },

  async put(key: string, value: unknown, at: Date): Promise<void> {
    const stored = { value: JSON.stringify(value), updated_at: at };
    await db.kysely
      .insertInto('settings')
      .values({ project_id: db.projectID, key, ...stored })
      .onConflict((conflict) => conflict.columns(['project_id', 'key']).doUpdateSet(stored))
      .execute();
  },

  /** The setting has its default again. */
  async remove(key: string): Promise<void> {
    await db.kysely
      .deleteFrom('settings')
      .where('project_id', '=', db.projectID)
      .where('key', '=', key)
      .execute();
  },
});

/** The secret settings of all projects, for sealing them anew. The id is the key. */
export const sealedSettings = (kysely: Kysely<DB>): SealedStore => ({
  async notUnder(mark) {
    const { rows } = await sql<Sealed>`
      select project_id as "projectID", key as id, value ->> 'sealed' as sealed from settings
      where not starts_with(value ->> 'sealed', ${mark})
      order by project_id, key for update`.execute(kysely);
    return rows;
  },

  async put({ projectID, id, sealed }) {
    await kysely
      .updateTable('settings')
      .set({ value: JSON.stringify({ sealed }) })
      .where('project_id', '=', projectID)
      .where('key', '=', id)
      .execute();
  },
});
