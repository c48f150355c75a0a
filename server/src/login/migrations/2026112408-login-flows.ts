import { type Kysely, sql } from 'kysely';

export const name = '2026112408-login-flows';

/**
 * What a login interaction has proved so far. The interaction's own id stands nowhere, only its hash. A row is
 * written at every password that is right and lives half an hour at the most, so it is kept cheap: not logged
 * (a crash of the database asks for the password once more) and without foreign keys, which would lock the
 * user's row; whoever reads it reads the user beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table login_flows (
      project_id text not null,
      interaction_hash bytea not null,
      user_id uuid not null,
      session_epoch int not null,
      password_version int not null,
      must_change boolean not null,
      proved_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (project_id, interaction_hash)
    )`.execute(db);
  await sql`create index login_flows_expires_at on login_flows (project_id, expires_at)`.execute(db);
}
