import { type Kysely, sql } from 'kysely';

export const name = '2026112404-passwords';

/** How users prove who they are, and the passwords that may not return. A user has one primary password. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table authenticators (
      project_id text not null references instance.projects (id) on delete cascade,
      id uuid not null,
      user_id uuid not null,
      kind text not null check (kind in ('primary', 'secondary')),
      type text not null check (type in ('password', 'oob_otp_email', 'oob_otp_sms', 'totp', 'passkey')),
      is_default bool not null default false,
      password_hash text,
      expire_after timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (project_id, id),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade,
      check ((type = 'password') = (password_hash is not null))
    )`.execute(db);
  await sql`create index authenticators_user on authenticators (project_id, user_id)`.execute(db);
  await sql`
    create unique index authenticators_one_password on authenticators (project_id, user_id, kind)
      where type = 'password'`.execute(db);
  await sql`
    create table password_history (
      project_id text not null references instance.projects (id) on delete cascade,
      user_id uuid not null,
      password_version int not null,
      password_hash text not null,
      created_at timestamptz not null,
      primary key (project_id, user_id, password_version),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade
    )`.execute(db);
}
