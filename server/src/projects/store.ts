import { type Kysely, sql } from 'kysely';
import type { DB } from '../platform/database/index.ts';
import { isProjectID } from './model.ts';

/** What stands in the database of a project; the origin of many is only known to the process. */
export interface ProjectRow {
  id: string;
  name: string;
  origin: string | null;
  revision: string;
}

const COLUMNS = ['id', 'name', 'origin', 'revision'] as const;

/** The projects of the instance. They belong to none, so the store takes no project's handle. */
export const projectStore = (kysely: Kysely<DB>) => ({
  /** A text that can be no id finds nothing. */
  async find(id: string): Promise<ProjectRow | undefined> {
    if (!isProjectID(id)) return undefined;
    return kysely.selectFrom('instance.projects').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  },

  /** The project with one of these origins, or the one of that id if it has no origin of its own. */
  findByOrigin: (origins: readonly string[], idWithoutOrigin?: string): Promise<ProjectRow | undefined> =>
    kysely
      .selectFrom('instance.projects')
      .select(COLUMNS)
      .where((eb) =>
        eb.or([
          eb('origin', 'in', [...origins]),
          eb.and([eb('id', '=', idWithoutOrigin ?? ''), eb('origin', 'is', null)]),
        ]),
      )
      .executeTakeFirst(),

  /** All projects, by id. An installation has some, not millions. */
  list: (): Promise<ProjectRow[]> =>
    kysely.selectFrom('instance.projects').select(COLUMNS).orderBy('id').execute(),

  /** Returns false where the id or the origin is taken. */
  async insert(row: { id: string; name: string; origin: string | null }, at: Date): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await kysely
      .insertInto('instance.projects')
      .values({ ...row, created_at: at, updated_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  },

  async rename(id: string, name: string, at: Date): Promise<void> {
    await kysely
      .updateTable('instance.projects')
      .set({ name, updated_at: at })
      .where('id', '=', id)
      .execute();
  },

  /** Says to all processes that something they cache of the project has changed. */
  async raiseRevision(id: string, at: Date): Promise<void> {
    await kysely
      .updateTable('instance.projects')
      .set({ revision: sql`revision + 1`, updated_at: at })
      .where('id', '=', id)
      .execute();
  },
});
