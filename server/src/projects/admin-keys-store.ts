import type { JWK } from 'jose';
import type { Actor } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import type { AdminKey } from './model.ts';

/** The Admin API keys of one project: public halves only. */
export const adminKeysStore = (db: ProjectDb) => ({
  /** All of them, the newest first. */
  async list(): Promise<AdminKey[]> {
    const rows = await db.kysely
      .selectFrom('admin_keys')
      .select(['id', 'public_jwk', 'created_by', 'created_at', 'last_used_at', 'revoked_at'])
      .where('project_id', '=', db.projectID)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      publicJWK: row.public_jwk as JWK,
      createdBy: row.created_by as unknown as Actor,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      revokedAt: row.revoked_at,
    }));
  },

  async insert(key: { id: string; publicJWK: JWK; createdBy: Actor }, at: Date): Promise<void> {
    await db.kysely
      .insertInto('admin_keys')
      .values({
        project_id: db.projectID,
        id: key.id,
        public_jwk: JSON.stringify(key.publicJWK),
        created_by: JSON.stringify(key.createdBy),
        created_at: at,
      })
      .execute();
  },

  /** Returns false where there is no such key, or it is revoked already. */
  async revoke(id: string, at: Date): Promise<boolean> {
    if (!isUUID(id)) return false;
    const { numUpdatedRows } = await db.kysely
      .updateTable('admin_keys')
      .set({ revoked_at: at })
      .where('project_id', '=', db.projectID)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },

  async touch(id: string, at: Date): Promise<void> {
    await db.kysely
      .updateTable('admin_keys')
      .set({ last_used_at: at })
      .where('project_id', '=', db.projectID)
      .where('id', '=', id)
      .execute();
  },
});
