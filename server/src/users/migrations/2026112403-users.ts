import { type Kysely, sql } from 'kysely';

export const name = '2026112403-users';

/** Users and their identities, with the indexes that searching and paging need. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);
  await sql`create extension if not exists btree_gin`.execute(db);
  await sql`
    create table users (
      project_id text not null references instance.projects (id) on delete cascade,
      id uuid not null,
      standard_attributes jsonb not null default '{}',
      custom_attributes jsonb not null default '{}',
      search_text text not null default '',
      locale text,
      session_epoch int not null default 0,
      password_version int not null default 0,
      is_disabled bool not null default false,
      disable_reason text,
      is_anonymized bool not null default false,
      anonymize_at timestamptz,
      delete_at timestamptz,
      delete_reason text,
      account_valid_from timestamptz,
      account_valid_until timestamptz,
      temporarily_disabled_from timestamptz,
      temporarily_disabled_until timestamptz,
      last_login_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (project_id, id)
    )`.execute(db);
  await sql`create index users_search on users using gin (project_id, search_text gin_trgm_ops)`.execute(db);
  await sql`create index users_created_at on users (project_id, created_at desc, id desc)`.execute(db);
  // Who never logged in sorts as before all time, so that one comparison of two columns finds every page.
  await sql`
    create index users_last_login_at on users
      (project_id, coalesce(last_login_at, '-infinity'::timestamptz) desc, id desc)`.execute(db);
  await sql`
    create table identities (
      project_id text not null,
      id uuid not null,
      user_id uuid not null,
      type text not null check (type in ('email', 'phone', 'username', 'oauth')),
      original text not null,
      normalized text not null,
      unique_key text not null,
      claims jsonb not null default '{}',
      verified_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (project_id, id),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade,
      unique (project_id, type, unique_key)
    )`.execute(db);
  await sql`create index identities_user on identities (project_id, user_id)`.execute(db);
}
