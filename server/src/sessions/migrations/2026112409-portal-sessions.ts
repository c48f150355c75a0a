import { type Kysely, sql } from 'kysely';

export const name = '2026112409-portal-sessions';

/**
 * The portal's own sessions, in the home project. Each points to the login session it came from and is worth
 * nothing without it; the cookie's id is kept as a hash.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table portal_sessions (
      project_id text not null references instance.projects (id) on delete cascade,
      id_hash bytea not null,
      session_uid text not null,
      user_id uuid not null,
      session_epoch int not null,
      password_proved_at timestamptz not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (project_id, id_hash),
      foreign key (project_id, session_uid) references sessions (project_id, uid) on delete cascade,
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade
    )`.execute(db);
  await sql`create index portal_sessions_session on portal_sessions (project_id, session_uid)`.execute(db);
  await sql`create index portal_sessions_user on portal_sessions (project_id, user_id)`.execute(db);
  await sql`create index portal_sessions_expires_at on portal_sessions (project_id, expires_at)`.execute(db);
}
