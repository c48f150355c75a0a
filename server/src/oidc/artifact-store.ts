import { sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';

/** Whose an artifact is, and under which state of the account it was made. */
export interface ArtifactOwner {
  userID: string;
  sessionEpoch: number;
  /** Only where a password was proved and nothing granted on it yet. */
  passwordVersion?: number;
}

/** A code or a token as it is read. */
export interface StoredArtifact {
  payload: Record<string, unknown>;
  owner?: ArtifactOwner;
  consumedAt: Date | null;
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
 * Logins are read by `findInteraction`.
 */
export const artifactStore = (db: ProjectDb, model: string) => ({
  /** The one that is neither expired nor revoked, nor issued under a grant or a session epoch that is over. */
  async find(idHash: Buffer, now: Date): Promise<StoredArtifact | undefined> {
    const row = await db.kysely
      .selectFrom('oidc_artifacts as a')
      .leftJoin('users as u', (join) =>
        join.onRef('u.project_id', '=', 'a.project_id').onRef('u.id', '=', 'a.user_id'),
      )
      .leftJoin('grants as g', (join) =>
        join
          .onRef('g.project_id', '=', 'a.project_id')
          .onRef('g.id_hash', '=', 'a.grant_hash')
          .on('g.revoked_at', 'is', null)
          .on('g.expires_at', '>', now),
      )
      .select(['a.payload', 'a.user_id', 'a.session_epoch', 'a.consumed_at'])
      .where('a.project_id', '=', db.projectID)
      .where('a.model', '=', model)
      .where('a.id_hash', '=', idHash)
      .where('a.revoked_at', 'is', null)
      .where('a.expires_at', '>', now)
      .where((eb) =>
        eb.or([eb('a.user_id', 'is', null), eb('a.session_epoch', '=', eb.ref('u.session_epoch'))]),
      )
      .where((eb) => eb.or([eb('a.grant_hash', 'is', null), eb('g.id_hash', 'is not', null)]))
      .executeTakeFirst();
    if (!row) return undefined;
    const { user_id: userID, session_epoch: sessionEpoch } = row;
    return {
      payload: row.payload as StoredArtifact['payload'],
      owner: userID === null || sessionEpoch === null ? undefined : { userID, sessionEpoch },
      consumedAt: row.consumed_at,
    };
  },

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

/** Removes codes, tokens and logins that expired before `before`, revoked or not. */
export async function removeExpiredArtifacts(db: ProjectDb, before: Date): Promise<void> {
  await db.kysely
    .deleteFrom('oidc_artifacts')
    .where('project_id', '=', db.projectID)
    .where('expires_at', '<', before)
    .execute();
}
