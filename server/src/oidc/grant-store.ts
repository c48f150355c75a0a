import { sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';

export interface NewGrant {
  /** SHA-256 of the grant's id. */
  idHash: Buffer;
  userID: string;
  sessionEpoch: number;
  clientID: string;
  payload: Record<string, unknown>;
  expiresAt: Date;
}

/** What users of one project have granted to apps. Every token stands and falls with the grant it came from. */
export const grantStore = (db: ProjectDb) => ({
  /** The living one: not expired, not revoked, of its user's present session epoch. */
  async find(idHash: Buffer, now: Date): Promise<Record<string, unknown> | undefined> {
    const row = await db.kysely
      .selectFrom('grants as g')
      .innerJoin('users as u', (join) =>
        join
          .onRef('u.project_id', '=', 'g.project_id')
          .onRef('u.id', '=', 'g.user_id')
          .onRef('u.session_epoch', '=', 'g.session_epoch'),
      )
      .select('g.payload')
      .where('g.project_id', '=', db.projectID)
      .where('g.id_hash', '=', idHash)
      .where('g.revoked_at', 'is', null)
      .where('g.expires_at', '>', now)
      .executeTakeFirst();
    return row?.payload as Record<string, unknown> | undefined;
  },

  /** Writes one, or anew. Refuses (false) what was revoked, and what is of an older epoch than its user's. */
  async upsert(grant: NewGrant, now: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into grants (project_id, id_hash, user_id, session_epoch, client_id, payload, created_at, expires_at)
      select ${db.projectID}, ${grant.idHash}::bytea, u.id, u.session_epoch, ${grant.clientID},
        ${JSON.stringify(grant.payload)}::jsonb, ${now}::timestamptz, ${grant.expiresAt}::timestamptz
      from users u
      where u.project_id = ${db.projectID} and u.id = ${grant.userID}::uuid
        and u.session_epoch = ${grant.sessionEpoch}::int
      on conflict (project_id, id_hash) do update set
        payload = excluded.payload, expires_at = excluded.expires_at
      where grants.revoked_at is null and grants.session_epoch = excluded.session_epoch
        and grants.user_id = excluded.user_id
      returning id_hash`.execute(db.kysely);
    return rows.length === 1;
  },

  async isRevoked(idHash: Buffer): Promise<boolean> {
    const row = await db.kysely
      .selectFrom('grants')
      .select('id_hash')
      .where('project_id', '=', db.projectID)
      .where('id_hash', '=', idHash)
      .where('revoked_at', 'is not', null)
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Revokes one for good, and with it all that was issued under it. */
  async revoke(idHash: Buffer, now: Date): Promise<void> {
    await db.kysely
      .updateTable('grants')
      .set({ revoked_at: now, payload: '{}' })
      .where('project_id', '=', db.projectID)
      .where('id_hash', '=', idHash)
      .where('revoked_at', 'is', null)
      .execute();
  },

  /** Carries some of a user's of the epoch before over to this one. */
  async carryOver(
    idHashes: readonly Buffer[],
    { userID, sessionEpoch }: { userID: string; sessionEpoch: number },
  ): Promise<void> {
    await db.kysely
      .updateTable('grants')
      .set({ session_epoch: sessionEpoch })
      .where('project_id', '=', db.projectID)
      .where((eb) => eb('id_hash', '=', eb.fn.any(eb.val([...idHashes]))))
      .where('user_id', '=', userID)
      .where('session_epoch', '=', sessionEpoch - 1)
      .where('revoked_at', 'is', null)
      .execute();
  },

  /** Removes all that was granted to an app, and with it all that was issued under it. */
  async removeOfClient(clientID: string): Promise<void> {
    await db.kysely
      .deleteFrom('grants')
      .where('project_id', '=', db.projectID)
      .where('client_id', '=', clientID)
      .execute();
  },

  /** Removes what expired before `before`, revoked or not. */
  async removeExpired(before: Date): Promise<void> {
    await db.kysely
      .deleteFrom('grants')
      .where('project_id', '=', db.projectID)
      .where('expires_at', '<', before)
      .execute();
  },
});
