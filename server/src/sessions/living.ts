import type { ProjectDb } from '../platform/database/index.ts';

/**
 * The sessions `s` of a project that live at a moment: not expired, not revoked, and proved under the session
 * epoch that still is their user's. One without a user lives until it expires.
 */
export const livingSessions = (db: ProjectDb, now: Date) =>
  db.kysely
    .selectFrom('sessions as s')
    .leftJoin('users as u', (join) =>
      join.onRef('u.project_id', '=', 's.project_id').onRef('u.id', '=', 's.user_id'),
    )
    .where('s.project_id', '=', db.projectID)
    .where('s.revoked_at', 'is', null)
    .where('s.expires_at', '>', now)
    .where((eb) =>
      eb.or([eb('s.user_id', 'is', null), eb('s.session_epoch', '=', eb.ref('u.session_epoch'))]),
    );
