import { type Kysely, sql } from 'kysely';

export const name = '2026112505-signup';

/**
 * Sign-ups under way, one for each login interaction at the most, under the hash of its id. A row is no account
 * and makes none by itself: it remembers which address was sent a code (sealed, for it may be anybody's), and
 * whether that was proved. It is kept as cheap as what logins have proved: not logged, and without foreign keys.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table signup_flows (
      project_id text not null,
      interaction_hash bytea not null,
      attempt_id text not null,
      address_sealed text not null,
      proved_at timestamptz,
      expires_at timestamptz not null,
      primary key (project_id, interaction_hash)
    )`.execute(db);
  await sql`create index signup_flows_expires_at on signup_flows (project_id, expires_at)`.execute(db);
}
