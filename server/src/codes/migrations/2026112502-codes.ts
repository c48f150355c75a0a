import { type Kysely, sql } from 'kysely';

export const name = '2026112502-codes';

/**
 * Attempts to prove an address by a one-time link or code, a row each, whether an account is behind it or not.
 * What was typed stands in it as a keyed hash, and sealed until a worker has looked it up. A code is stored as a
 * keyed hash, for six digits are soon tried; a token as its SHA-256.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table codes (
      project_id text not null references instance.projects (id) on delete cascade,
      id text not null,
      purpose text not null check (purpose in ('recovery', 'signup')),
      kind text not null check (kind in ('link', 'code')),
      key_hash bytea not null,
      address_sealed text,
      data jsonb not null,
      origin jsonb not null,
      lifetime_ms int not null,
      is_pending bool not null,
      tries int not null default 0,
      user_id uuid,
      identity_id uuid,
      identity_hash bytea,
      password_version int,
      session_epoch int,
      code_hash bytea,
      token_hash bytea,
      created_at timestamptz not null,
      resend_at timestamptz not null,
      expires_at timestamptz not null,
      proved_at timestamptz,
      used_at timestamptz,
      voided_at timestamptz,
      primary key (project_id, id),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade
    )`.execute(db);
  await sql`create unique index codes_token on codes (project_id, token_hash)`.execute(db);
  await sql`create index codes_user on codes (project_id, user_id)`.execute(db);
  await sql`create index codes_expires_at on codes (project_id, expires_at)`.execute(db);
}
