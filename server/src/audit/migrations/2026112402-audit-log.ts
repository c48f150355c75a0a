import { type Kysely, sql } from 'kysely';

export const name = '2026112402-audit-log';

/**
 * The audit log, cut into months by its ids, which begin with their time (UUIDv7). The months themselves are
 * made as they come; what no month takes waits in the default partition.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      project_id text not null,
      id uuid not null,
      activity_type text not null,
      user_id uuid,
      actor jsonb not null,
      client_id text,
      ip_address text,
      user_agent text,
      data jsonb not null,
      created_at timestamptz not null,
      primary key (project_id, id)
    ) partition by range (id)`.execute(db);
  await sql`create index audit_log_user on audit_log (project_id, user_id, id)`.execute(db);
  await sql`create index audit_log_activity on audit_log (project_id, activity_type, id)`.execute(db);
  await sql`create table audit_log_default partition of audit_log default`.execute(db);
}
