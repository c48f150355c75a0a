import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import type { ArtifactOwner } from './artifact-store.ts';

/** A login under way as it is read. */
export interface StoredInteraction {
  payload: Record<string, unknown>;
  /** Who has signed in, where somebody has and was not overtaken by a newer password or a revocation. */
  owner?: ArtifactOwner;
}

/**
 * The login under way that has neither expired nor been ended. Apart from tokens, because it is read at every
 * page of a login, is issued under no grant, and mostly is nobody's yet: one row of one table then.
 */
export async function findInteraction(
  db: ProjectDb,
  idHash: Buffer,
  now: Date,
): Promise<StoredInteraction | undefined> {
  const row = await db.kysely
    .selectFrom('oidc_artifacts')
    .select(['payload', 'user_id', 'session_epoch', 'password_version'])
    .where('project_id', '=', db.projectID)
    .where('model', '=', 'Interaction')
    .where('id_hash', '=', idHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (!row) return undefined;
  const payload = row.payload as StoredInteraction['payload'];
  const { user_id: userID, session_epoch: sessionEpoch, password_version: passwordVersion } = row;
  if (userID === null || sessionEpoch === null || passwordVersion === null) return { payload };
  const user = await userStore(db).find(userID);
  const isCurrent = user?.sessionEpoch === sessionEpoch && user.passwordVersion === passwordVersion;
  return { payload, owner: isCurrent ? { userID, sessionEpoch, passwordVersion } : undefined };
}
