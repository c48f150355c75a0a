import { type Kysely, sql } from 'kysely';

export const name = '2026112401-projects';

/** Projects, who works on them, and what each keeps for itself: settings and keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists instance`.execute(db);
  await sql`
    create table instance.projects (
      id text primary key,
      name text not null,
      origin text unique,
      revision bigint not null default 1,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db);
  await sql`
    create table instance.collaborators (
      project_id text not null references instance.projects (id) on delete cascade,
      user_id uuid not null,
      role text not null check (role in ('owner', 'editor', 'viewer')),
      created_at timestamptz not null,
      primary key (project_id, user_id)
    )`.execute(db);
  await sql`create index collaborators_user on instance.collaborators (user_id)`.execute(db);
  await sql`
    create table instance.first_run (
      id int primary key check (id = 1),
      token_hash bytea not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table instance.secret_fingerprint (
      id int primary key check (id = 1),
      fingerprint text not null
    )`.execute(db);
  await sql`
    create table settings (
      project_id text not null references instance.projects (id) on delete cascade,
      key text not null,
      value jsonb not null,
      updated_at timestamptz not null,
      primary key (project_id, key)
    )`.execute(db);
  await sql`
    create table signing_keys (
      project_id text not null references instance.projects (id) on delete cascade,
      id text not null,
      status text not null check (status in ('next', 'active', 'retired')),
      private_sealed text not null,
      public_jwk jsonb not null,
      created_at timestamptz not null,
      primary key (project_id, id)
    )`.execute(db);
  await sql`create unique index signing_keys_one_active on signing_keys (project_id) where status = 'active'`.execute(
    db,
  );
  await sql`
    create table admin_keys (
      project_id text not null references instance.projects (id) on delete cascade,
      id text not null,
      public_jwk jsonb not null,
      created_by jsonb not null,
      created_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz,
      primary key (project_id, id)
    )`.execute(db);
}
