import type { JWK } from 'jose';
import { type Kysely, sql } from 'kysely';
import type { DB, ProjectDb } from '../platform/database/index.ts';
import type { Sealed, SealedStore } from '../platform/secret-rotation.ts';

export type SigningKeyStatus = 'next' | 'active' | 'retired';

/** A key that signs a project's ID tokens, as it is stored. */
export interface SealedSigningKey {
  id: string;
  status: SigningKeyStatus;
  privateSealed: string;
}

/** The keys one project signs tokens with. */
export const signingKeysStore = (db: ProjectDb) => ({
  /** The active one first, then the next, then the retired, the newest first. */
  async list(): Promise<SealedSigningKey[]> {
    const rows = await db.kysely
      .selectFrom('signing_keys')
      .select(['id', 'status', 'private_sealed'])
      .where('project_id', '=', db.projectID)
      .orderBy(sql`array_position(array['active', 'next', 'retired'], status)`)
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      status: row.status as SigningKeyStatus,
      privateSealed: row.private_sealed,
    }));
  },

  async insert(key: SealedSigningKey & { publicJWK: JWK }, at: Date): Promise<void> {
    await db.kysely
      .insertInto('signing_keys')
      .values({
        project_id: db.projectID,
        id: key.id,
        status: key.status,
        private_sealed: key.privateSealed,
        public_jwk: JSON.stringify(key.publicJWK),
        created_at: at,
      })
      .execute();
  },

  /** Until the transaction ends, nobody else makes keys for this project. */
  async lock(): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`signing-keys:${db.projectID}`}, 0))`.execute(
      db.kysely,
    );
  },
});

/** The private halves in all projects, for sealing them anew. */
export const sealedSigningKeys = (kysely: Kysely<DB>): SealedStore => ({
  async notUnder(mark) {
    const { rows } = await sql<Sealed>`
      select project_id as "projectID", id, private_sealed as sealed from signing_keys
      where not starts_with(private_sealed, ${mark})
      order by project_id, id for update`.execute(kysely);
    return rows;
  },

  async put({ projectID, id, sealed }) {
    await kysely
      .updateTable('signing_keys')
      .set({ private_sealed: sealed })
      .where('project_id', '=', projectID)
      .where('id', '=', id)
      .execute();
  },
});
