import { type Kysely, sql } from 'kysely';

export const name = '2026112408-login-flows';

/** What a login interaction has proved so far. The interaction's own id stands nowhere, only its hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table login_flows (
      project_id text not null references instance.projects (id) on delete cascade,
      interaction_hash bytea not null,
      user_id uuid not null,
      session_epoch int not null,
      password_version int not null,
      must_change boolean not null,
      proved_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (project_id, interaction_hash),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade
    )`.execute(db);
  await sql`create index login_flows_expires_at on login_flows (project_id, expires_at)`.execute(db);
  await sql`create index login_flows_user on login_flows (project_id, user_id)`.execute(db);
}
