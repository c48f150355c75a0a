import { type Kysely, sql } from 'kysely';
import type { DB } from '../database/index.ts';

/** The workers that are alive, as they say themselves, and the locks they hold on jobs. */
export const workersStore = (kysely: Kysely<DB>) => ({
  /** Notes that the worker is alive; one that was taken for dead is back. */
  async beat(id: string, now: Date): Promise<void> {
    await kysely
      .insertInto('instance.workers')
      .values({ id, started_at: now, heartbeat_at: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ heartbeat_at: now }))
      .execute();
  },

  async remove(id: string): Promise<void> {
    await kysely.deleteFrom('instance.workers').where('id', '=', id).execute();
  },

  /** Removes every worker but this one; with `heardBefore`, only those not heard of after it. */
  async removeOthers(id: string, heardBefore?: Date): Promise<void> {
    let query = kysely.deleteFrom('instance.workers').where('id', '!=', id);
    if (heardBefore) query = query.where('heartbeat_at', '<=', heardBefore);
    await query.execute();
  },

  /**
   * Frees the jobs whose lock no living worker holds: they run at the next poll. One statement looks at both,
   * so that a worker which begins at this moment is never taken for a dead one.
   * @returns the holders that are no more
   */
  async freeOrphans(): Promise<string[]> {
    const { rows } = await sql<{ holder: string }>`
      select distinct locked_by as holder from graphile_worker.jobs
      where locked_by is not null and locked_by not in (select id from instance.workers)`.execute(kysely);
    const holders = rows.map(({ holder }) => holder);
    if (holders.length > 0) {
      await sql`select graphile_worker.force_unlock_workers(${holders}::text[])`.execute(kysely);
    }
    return holders;
  },
});
