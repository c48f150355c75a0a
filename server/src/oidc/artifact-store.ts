import { sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';

/** Whose an artifact is, and under which state of the account it was made. */
export interface ArtifactOwner {
  userID: string;
  sessionEpoch: number;
  /** Only where a password was proved and nothing granted on it yet. */
  passwordVersion?: number;
}

export interface NewArtifact {
  /** SHA-256 of the token, which stands nowhere itself. */
  idHash: Buffer;
  /** SHA-256 of the grant it was issued under. */
  grantHash?: Buffer;
  owner?: ArtifactOwner;
  payload: Record<string, unknown>;
  expiresAt: Date;
}

/**
 * Codes, tokens and logins under way of one project: what OpenID Connect keeps besides sessions and grants.
 * They are read by `findToken` and `findInteraction`.
 */
export const artifactStore = (db: ProjectDb, model: string) => ({
  /**
   * Writes one, or anew. Refuses (false) what was revoked, and what is of an older session epoch than its
   * user's. Whether its grant lives is asked when it is read.
   */
  async upsert(artifact: NewArtifact, now: Date): Promise<boolean> {
    const { owner } = artifact;
    const { rows } = await sql`
      insert into oidc_artifacts (project_id, model, id_hash, grant_hash, user_id, session_epoch,
        password_version, payload, created_at, expires_at)
      select ${db.projectID}, ${model}, ${artifact.idHash}::bytea, ${artifact.grantHash ?? null}::bytea,
        ${owner?.userID ?? null}::uuid, ${owner?.sessionEpoch ?? null}::int,
        ${owner?.passwordVersion ?? null}::int, ${JSON.stringify(artifact.payload)}::jsonb,
        ${now}::timestamptz, ${artifact.expiresAt}::timestamptz
      where ${owner?.userID ?? null}::uuid is null or exists (
        select 1 from users u
        where u.project_id = ${db.projectID} and u.id = ${owner?.userID ?? null}::uuid
          and u.session_epoch = ${owner?.sessionEpoch ?? null}::int)
      on conflict (project_id, model, id_hash) do update set
        user_id = excluded.user_id, session_epoch = excluded.session_epoch,
        password_version = excluded.password_version, payload = excluded.payload,
        expires_at = excluded.expires_at
      where oidc_artifacts.revoked_at is null
      returning id_hash`.execute(db.kysely);
    return rows.length === 1;
  },

  /** Uses one up. Of any number at once, one gets true. */
  async consume(idHash: Buffer, now: Date): Promise<boolean> {
    const row = await db.kysely
      .updateTable('oidc_artifacts')
      .set({ consumed_at: now })
      .where('project_id', '=', db.projectID)
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .where('consumed_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('id_hash')
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Revokes one for good; its emptied row keeps it from being made again. */
  async revoke(idHash: Buffer, now: Date): Promise<void> {
    await db.kysely
      .updateTable('oidc_artifacts')
      .set({ revoked_at: now, payload: '{}' })
      .where('project_id', '=', db.projectID)
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .where('revoked_at', 'is', null)
      .execute();
  },

  /** Revokes all of this kind that were issued under the grant. */
  async revokeByGrant(grantHash: Buffer, now: Date): Promise<void> {
    await db.kysely
      .updateTable('oidc_artifacts')
      .set({ revoked_at: now, payload: '{}' })
      .where('project_id', '=', db.projectID)
      .where('model', '=', model)
      .where('grant_hash', '=', grantHash)
      .where('revoked_at', 'is', null)
      .execute();
  },
});

/** Carries a user's codes and tokens of these grants from the epoch before over to this one. */
export async function carryTokensOver(
  db: ProjectDb,
  grantHashes: readonly Buffer[],
  { userID, sessionEpoch }: { userID: string; sessionEpoch: number },
): Promise<void> {
  await db.kysely
    .updateTable('oidc_artifacts')
    .set({ session_epoch: sessionEpoch })
    .where('project_id', '=', db.projectID)
    .where((eb) => eb('grant_hash', '=', eb.fn.any(eb.val([...grantHashes]))))
    .where('user_id', '=', userID)
    .where('session_epoch', '=', sessionEpoch - 1)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Removes codes, tokens and logins that expired before `before`, revoked or not. */
export async function removeExpiredArtifacts(db: ProjectDb, before: Date): Promise<void> {
  await db.kysely
    .deleteFrom('oidc_artifacts')
    .where('project_id', '=', db.projectID)
    .where('expires_at', '<', before)
    .execute();
}
