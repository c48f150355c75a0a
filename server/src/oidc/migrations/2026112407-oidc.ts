import { type Kysely, sql } from 'kysely';

export const name = '2026112407-oidc';

/**
 * Clients, and what OpenID Connect issues to them. Rows are keyed by the SHA-256 of the token, which itself
 * stands nowhere. What is destroyed stays as an emptied row until it would have expired, so that a request in
 * flight cannot bring it back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table clients (
      project_id text not null references instance.projects (id) on delete cascade,
      id text not null,
      name text not null,
      type text not null check (type in ('spa', 'web', 'native', 'm2m')),
      secret_sealed text,
      metadata jsonb not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (project_id, id)
    )`.execute(db);
  await sql`
    create table grants (
      project_id text not null references instance.projects (id) on delete cascade,
      id_hash bytea not null,
      user_id uuid not null,
      session_epoch int not null,
      client_id text not null,
      payload jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz,
      primary key (project_id, id_hash),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade
    )`.execute(db);
  await sql`create index grants_user on grants (project_id, user_id)`.execute(db);
  await sql`create index grants_expires_at on grants (project_id, expires_at)`.execute(db);
  await sql`
    create table oidc_artifacts (
      project_id text not null references instance.projects (id) on delete cascade,
      model text not null,
      id_hash bytea not null,
      grant_hash bytea,
      user_id uuid,
      session_epoch int,
      password_version int,
      payload jsonb not null,
      consumed_at timestamptz,
      revoked_at timestamptz,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (project_id, model, id_hash),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade,
      check ((user_id is null) = (session_epoch is null))
    )`.execute(db);
  await sql`create index oidc_artifacts_grant on oidc_artifacts (project_id, grant_hash)`.execute(db);
  await sql`create index oidc_artifacts_user on oidc_artifacts (project_id, user_id)`.execute(db);
  await sql`create index oidc_artifacts_expires_at on oidc_artifacts (project_id, expires_at)`.execute(db);
}
