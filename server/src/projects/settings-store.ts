import type { ProjectDb } from '../platform/database/index.ts';

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

  async find(key: string): Promise<unknown> {
    const row = await db.kysely
      .selectFrom('settings')
      .select('value')
      .where('project_id', '=', db.projectID)
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.value;
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
