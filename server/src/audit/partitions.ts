import { type Kysely, sql } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import type { Database, DB } from '../platform/database/index.ts';
import { idBound } from './bounds.ts';

/** Any number that nothing else locks. */
const PARTITION_LOCK = 7_401_201;
/** Rows are moved and a partition attached under a lock that writers wait for; better to fail than to stall them. */
const LOCK_TIMEOUT = '5s';

/** The first moment of a month, counted from the one of `now` (UTC). */
const monthStart = (now: Date, offset: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));

const partitionName = (start: Date): string =>
  `audit_log_${start.getUTCFullYear()}_${String(start.getUTCMonth() + 1).padStart(2, '0')}`;

/** Asks pg_class: to_regclass may answer from a cache that does not know yet what another process just made. */
async function exists(db: Kysely<DB>, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from pg_class where relname = ${table} and relnamespace = 'public'::regnamespace
    ) as found`.execute(db);
  return rows[0]?.found ?? false;
}

/** Makes the partition beside the log, takes over what waited for it in the default one, and attaches it. */
async function createPartition(db: Kysely<DB>, start: Date, end: Date): Promise<void> {
  const table = sql.table(partitionName(start));
  const [from, to] = [sql.lit(idBound(start)), sql.lit(idBound(end))];
  await db.transaction().execute(async (tx) => {
    await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(tx);
    await sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`.execute(tx);
    if (await exists(tx, partitionName(start))) return;
    await sql`lock table audit_log_default in access exclusive mode`.execute(tx);
    await sql`create table ${table} (like audit_log including all)`.execute(tx);
    await sql`
      with moved as (delete from audit_log_default where id >= ${from} and id < ${to} returning *)
      insert into ${table} select * from moved`.execute(tx);
    await sql`alter table audit_log attach partition ${table} for values from (${from}) to (${to})`.execute(
      tx,
    );
  });
}

/**
 * Makes the audit log's partitions of this month and the next (UTC). Cheap where they exist; safe when several
 * processes do it at once; rows that came before their partition move into it. Run at start and once a day.
 */
export async function ensureAuditPartitions(database: Database, clock: Clock): Promise<void> {
  const now = clock.now();
  for (const offset of [0, 1]) {
    const start = monthStart(now, offset);
    if (await exists(database.acrossProjects, partitionName(start))) continue;
    await createPartition(database.acrossProjects, start, monthStart(now, offset + 1));
  }
}
