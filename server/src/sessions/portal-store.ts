import { sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';
import { livingSessions } from './living.ts';
import type { PortalSession } from './model.ts';

/**
 * The portal's sessions, in the home project. One lives as long as the login session behind it does, and no
 * longer: each read looks at both. Ids are SHA-256 hashes of what stands in the cookie.
 */
export const portalSessionStore = (db: ProjectDb) => ({
  /** Writes a new one; refuses (false) where the login session behind it does not live, or is another user's. */
  async insert(idHash: Buffer, session: PortalSession, now: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into portal_sessions (project_id, id_hash, session_uid, user_id, session_epoch,
        password_proved_at, created_at, expires_at)
      select ${db.projectID}, ${idHash}::bytea, s.uid, s.user_id, s.session_epoch,
        ${session.passwordProvedAt}::timestamptz, ${now}::timestamptz, ${session.expiresAt}::timestamptz
      from (${livingSessions(db, now)
        .where('s.uid', '=', session.sessionUID)
        .where('s.user_id', '=', session.userID)
        .where('s.session_epoch', '=', session.sessionEpoch)
        .select(['s.uid', 's.user_id', 's.session_epoch'])}) as s
      on conflict do nothing
      returning id_hash`.execute(db.kysely);
    return rows.length === 1;
  },

  /** The living one behind a cookie. */
  async find(idHash: Buffer, now: Date): Promise<PortalSession | undefined> {
    const row = await livingSessions(db, now)
      .innerJoin('portal_sessions as p', (join) =>
        join
          .onRef('p.project_id', '=', 's.project_id')
          .onRef('p.session_uid', '=', 's.uid')
          .onRef('p.user_id', '=', 's.user_id')
          .onRef('p.session_epoch', '=', 's.session_epoch'),
      )
      .where('p.id_hash', '=', idHash)
      .where('p.expires_at', '>', now)
      .select(['p.session_uid', 'p.user_id', 'p.session_epoch', 'p.password_proved_at', 'p.expires_at'])
      .executeTakeFirst();
    return (
      row && {
        sessionUID: row.session_uid,
        userID: row.user_id,
        sessionEpoch: row.session_epoch,
        passwordProvedAt: row.password_proved_at,
        expiresAt: row.expires_at,
      }
    );
  },

  /** Notes that the operator proved their password once more. */
  async passwordProved(idHash: Buffer, at: Date): Promise<void> {
    await db.kysely
      .updateTable('portal_sessions')
      .set({ password_proved_at: at })
      .where('project_id', '=', db.projectID)
      .where('id_hash', '=', idHash)
      .execute();
  },

  async remove(idHash: Buffer): Promise<void> {
    await db.kysely
      .deleteFrom('portal_sessions')
      .where('project_id', '=', db.projectID)
      .where('id_hash', '=', idHash)
      .execute();
  },

  /** Removes what expired before `before`. */
  async removeExpired(before: Date): Promise<void> {
    await db.kysely
      .deleteFrom('portal_sessions')
      .where('project_id', '=', db.projectID)
      .where('expires_at', '<', before)
      .execute();
  },
});
