import type { ProjectDb } from '../platform/database/index.ts';
import type { ArtifactOwner } from './artifact-store.ts';

/** The kinds of artifacts that are known by their token alone. */
const MODELS = ['AccessToken', 'AuthorizationCode', 'ClientCredentials', 'RefreshToken'];

/** A code or a token as it is read. */
export interface StoredToken {
  model: string;
  payload: Record<string, unknown>;
  owner?: ArtifactOwner;
  consumedAt: Date | null;
  /** The living grant it was issued under, where it was under one. */
  grant?: Record<string, unknown>;
}

/**
 * The code or token, of whichever kind, that is neither expired nor revoked, nor issued under a grant or a session
 * epoch that is over. Its grant comes along: most that is asked about a token is asked about the grant next.
 */
export async function findToken(db: ProjectDb, idHash: Buffer, now: Date): Promise<StoredToken | undefined> {
  const row = await db.kysely
    .selectFrom('oidc_artifacts as a')
    .leftJoin('users as u', (join) =>
      join.onRef('u.project_id', '=', 'a.project_id').onRef('u.id', '=', 'a.user_id'),
    )
    .leftJoin('grants as g', (join) =>
      join
        .onRef('g.project_id', '=', 'a.project_id')
        .onRef('g.id_hash', '=', 'a.grant_hash')
        .onRef('g.session_epoch', '=', 'u.session_epoch')
        .on('g.revoked_at', 'is', null)
        .on('g.expires_at', '>', now),
    )
    .select(['a.model', 'a.payload', 'a.user_id', 'a.session_epoch', 'a.consumed_at', 'g.payload as grant'])
    .where('a.project_id', '=', db.projectID)
    .where('a.model', 'in', MODELS)
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
    model: row.model,
    payload: row.payload as StoredToken['payload'],
    owner: userID === null || sessionEpoch === null ? undefined : { userID, sessionEpoch },
    consumedAt: row.consumed_at,
    grant: (row.grant as StoredToken['grant'] | null) ?? undefined,
  };
}
