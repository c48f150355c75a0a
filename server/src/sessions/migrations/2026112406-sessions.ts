import { type Kysely, sql } from 'kysely';

export const name = '2026112406-sessions';

/**
 * Login sessions. `uid` names a session through all its life, while the id in the browser's cookie, kept as
 * a hash, may change. A revoked session stays as a row until it would have expired, so that nothing under its
 * `uid` can be made again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sessions (
      project_id text not null references instance.projects (id) on delete cascade,
      id_hash bytea not null,
      uid text not null,
      user_id uuid,
      session_epoch int,
      payload jsonb not null,
      created_at timestamptz not null,
      last_accessed_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz,
      created_ip text,
      last_ip text,
      user_agent text,
      primary key (project_id, id_hash),
      unique (project_id, uid),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade,
      check ((user_id is null) = (session_epoch is null))
    )`.execute(db);
  await sql`create index sessions_user on sessions (project_id, user_id)`.execute(db);
  await sql`create index sessions_expires_at on sessions (project_id, expires_at)`.execute(db);
}
