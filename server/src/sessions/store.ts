import { type RawBuilder, sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';
import { partsOf, type SessionPart } from './announce.ts';
import { livingSessions } from './living.ts';
import type { SessionInfo, SessionUser, SessionWrite, StoredSession } from './model.ts';

/** A session's last access is written at most this often, so that reading one is not a write each time. */
const TOUCH_EVERY_MS = 60_000;

const DESCRIBED = [
  's.uid',
  's.user_id',
  's.session_epoch',
  's.payload',
  's.created_at',
  's.last_accessed_at',
  's.created_ip',
  's.last_ip',
  's.user_agent',
] as const;

interface Row {
  uid: string;
  user_id: string | null;
  session_epoch: number | null;
  payload: unknown;
}

interface DescribedRow extends Row {
  created_at: Date;
  last_accessed_at: Date;
  created_ip: string | null;
  last_ip: string | null;
  user_agent: string | null;
}

function toStored({ uid, user_id: userID, session_epoch: sessionEpoch, payload }: Row): StoredSession {
  const user = userID === null || sessionEpoch === null ? undefined : { userID, sessionEpoch };
  return { uid, user, payload: payload as StoredSession['payload'] };
}

function toInfo(row: DescribedRow): SessionInfo {
  const payload = row.payload as { acr?: string; amr?: string[]; authorizations?: Record<string, unknown> };
  return {
    uid: row.uid,
    userID: row.user_id ?? '',
    sessionEpoch: row.session_epoch ?? 0,
    acr: payload.acr,
    amr: payload.amr ?? [],
    clientIDs: Object.keys(payload.authorizations ?? {}),
    createdAt: row.created_at,
    updatedAt: row.last_accessed_at,
    lastAccessedAt: row.last_accessed_at,
    createdIP: row.created_ip ?? undefined,
    lastIP: row.last_ip ?? undefined,
    userAgent: row.user_agent ?? undefined,
  };
}

const partsIn = ({ payload }: { payload: unknown }): SessionPart[] =>
  partsOf((payload as { authorizations?: unknown }).authorizations);

/** The sessions of one project. A session lives until it expires, is revoked, or its user's epoch is raised. */
export const sessionStore = (db: ProjectDb) => {
  const stored = (now: Date) =>
    livingSessions(db, now).select(['s.uid', 's.user_id', 's.session_epoch', 's.payload']);

  const described = (now: Date) =>
    livingSessions(db, now).where('s.user_id', 'is not', null).select(DESCRIBED);

  /** True for nobody, and for a user whose epoch still is the one that was proved. */
  const epochIsCurrent = (user: SessionUser | undefined): RawBuilder<boolean> =>
    user === undefined
      ? sql<boolean>`true`
      : sql<boolean>`exists (
          select 1 from users u
          where u.project_id = ${db.projectID} and u.id = ${user.userID}::uuid
            and u.session_epoch = ${user.sessionEpoch}::int)`;

  /**
   * The payload as written, but with the apps that others have signed in to since it was read: two requests
   * of one browser at the same moment must not undo each other.
   */
  const mergedPayload = (payload: string, removedClientIDs: readonly string[]): RawBuilder<string> =>
    sql`${payload}::jsonb || jsonb_build_object('authorizations',
      (coalesce(sessions.payload -> 'authorizations', '{}') || coalesce(${payload}::jsonb -> 'authorizations', '{}'))
        - ${[...removedClientIDs]}::text[])`;

  const unrevoked = () =>
    db.kysely
      .selectFrom('sessions')
      .select(['uid', 'user_id', 'payload'])
      .where('project_id', '=', db.projectID)
      .where('revoked_at', 'is', null);

  /** Revokes those for good, and tells what they were; always in one order, so that no two wait for each other. */
  const revoking = (those: ReturnType<typeof unrevoked>, now: Date) =>
    db.kysely
      .with('ended', () => those.orderBy('uid').forUpdate())
      .updateTable('sessions')
      .from('ended')
      .set({ revoked_at: now, payload: '{}' })
      .where('sessions.project_id', '=', db.projectID)
      .whereRef('sessions.uid', '=', 'ended.uid')
      .returning(['ended.user_id', 'ended.payload']);

  return {
    /** The living session behind a cookie. */
    async find(idHash: Buffer, now: Date): Promise<StoredSession | undefined> {
      const row = await stored(now).where('s.id_hash', '=', idHash).executeTakeFirst();
      return row && toStored(row);
    },

    /** The living session of this name as OpenID Connect keeps it. */
    async findStored(uid: string, now: Date): Promise<StoredSession | undefined> {
      const row = await stored(now).where('s.uid', '=', uid).executeTakeFirst();
      return row && toStored(row);
    },

    /** The same, and keeps everybody else from writing it until the transaction ends. */
    async lock(uid: string, now: Date): Promise<StoredSession | undefined> {
      const row = await stored(now).where('s.uid', '=', uid).forUpdate('s').executeTakeFirst();
      return row && toStored(row);
    },

    /** The living session of this name, somebody being signed in. */
    async findByUID(uid: string, now: Date): Promise<SessionInfo | undefined> {
      const row = await described(now).where('s.uid', '=', uid).executeTakeFirst();
      return row && toInfo(row);
    },

    /** A user's living sessions, the last used first. */
    async list(userID: string, now: Date): Promise<SessionInfo[]> {
      const rows = await described(now)
        .where('s.user_id', '=', userID)
        .orderBy('s.last_accessed_at', 'desc')
        .orderBy('s.uid')
        .execute();
      return rows.map(toInfo);
    },

    /**
     * Writes a session: a new one, or a living one under its present id or the one before. Refuses (false)
     * what was revoked, what has another id by now, and what was proved under an older epoch than the user's.
     */
    async save(session: SessionWrite, now: Date): Promise<boolean> {
      const { user } = session;
      const payload = JSON.stringify(session.payload);
      const hashes = [session.idHash, ...(session.formerIDHash ? [session.formerIDHash] : [])];
      const updated = await db.kysely
        .updateTable('sessions')
        .set({
          id_hash: session.idHash,
          user_id: user?.userID ?? null,
          session_epoch: user?.sessionEpoch ?? null,
          payload: mergedPayload(payload, session.removedClientIDs ?? []),
          last_accessed_at: now,
          expires_at: session.expiresAt,
          last_ip: session.ipAddress ?? null,
          user_agent: session.userAgent ?? null,
        })
        .where('project_id', '=', db.projectID)
        .where('uid', '=', session.uid)
        .where('id_hash', 'in', hashes)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .where(epochIsCurrent(user))
        .returning('uid')
        .executeTakeFirst();
      if (updated) return true;
      const inserted = await sql`
        insert into sessions (project_id, id_hash, uid, user_id, session_epoch, payload, created_at,
          last_accessed_at, expires_at, created_ip, last_ip, user_agent)
        select ${db.projectID}, ${session.idHash}::bytea, ${session.uid}, ${user?.userID ?? null}::uuid,
          ${user?.sessionEpoch ?? null}::int, ${payload}::jsonb, ${now}::timestamptz, ${now}::timestamptz,
          ${session.expiresAt}::timestamptz, ${session.ipAddress ?? null}, ${session.ipAddress ?? null},
          ${session.userAgent ?? null}
        where ${epochIsCurrent(user)}
        on conflict do nothing
        returning uid`.execute(db.kysely);
      return inserted.rows.length === 1;
    },

    /** Notes that a session was used, at most once a minute. */
    async touch(uid: string, now: Date, ipAddress?: string): Promise<void> {
      await db.kysely
        .updateTable('sessions')
        .set({ last_accessed_at: now, ...(ipAddress ? { last_ip: ipAddress } : {}) })
        .where('project_id', '=', db.projectID)
        .where('uid', '=', uid)
        .where('revoked_at', 'is', null)
        .where('last_accessed_at', '<', new Date(now.getTime() - TOUCH_EVERY_MS))
        .execute();
    },

    /**
     * Revokes one session for good, by its cookie or by its name; undefined where there is none to revoke.
     * @returns whose it was, if anybody's, and which apps had a part in it
     */
    async revoke(
      which: { idHash: Buffer } | { uid: string },
      now: Date,
    ): Promise<{ userID?: string; parts: SessionPart[] } | undefined> {
      const one =
        'uid' in which
          ? unrevoked().where('uid', '=', which.uid)
          : unrevoked().where('id_hash', '=', which.idHash);
      const row = await revoking(one, now).executeTakeFirst();
      return row && { userID: row.user_id ?? undefined, parts: partsIn(row) };
    },

    /**
     * Revokes every session of the user for good, but for one where it is named.
     * @returns which apps had a part in them
     */
    async revokeAllOf(userID: string, now: Date, except = ''): Promise<SessionPart[]> {
      const theirs = unrevoked().where('user_id', '=', userID).where('uid', '!=', except);
      const rows = await revoking(theirs, now).execute();
      return rows.flatMap(partsIn);
    },

    /** Carries a session of the epoch before over to this one, along with the portal's session on it. */
    async carryOver(uid: string, { userID, sessionEpoch }: SessionUser): Promise<void> {
      await db.kysely
        .updateTable('sessions')
        .set({ session_epoch: sessionEpoch })
        .where('project_id', '=', db.projectID)
        .where('uid', '=', uid)
        .where('user_id', '=', userID)
        .where('session_epoch', '=', sessionEpoch - 1)
        .where('revoked_at', 'is', null)
        .execute();
      await db.kysely
        .updateTable('portal_sessions')
        .set({ session_epoch: sessionEpoch })
        .where('project_id', '=', db.projectID)
        .where('session_uid', '=', uid)
        .where('user_id', '=', userID)
        .where('session_epoch', '=', sessionEpoch - 1)
        .execute();
    },

    /**
     * Puts another id in the place of a living session's, which stays what it is. What the portal opened on it ends,
     * to be opened again.
     * @returns when it expires; undefined where there is no such session
     */
    async renew(idHash: Buffer, renewed: Buffer, now: Date): Promise<Date | undefined> {
      const row = await db.kysely
        .updateTable('sessions')
        .set({ id_hash: renewed })
        .where('project_id', '=', db.projectID)
        .where('id_hash', '=', idHash)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .returning(['uid', 'expires_at'])
        .executeTakeFirst();
      if (!row) return undefined;
      await db.kysely
        .deleteFrom('portal_sessions')
        .where('project_id', '=', db.projectID)
        .where('session_uid', '=', row.uid)
        .execute();
      return row.expires_at;
    },

    /** Takes an app out of every session that it was signed in to in. */
    async removeClient(clientID: string): Promise<void> {
      await db.kysely
        .updateTable('sessions')
        .set({ payload: sql`sessions.payload #- ${['authorizations', clientID]}::text[]` })
        .where('project_id', '=', db.projectID)
        .where('revoked_at', 'is', null)
        .where(sql<boolean>`sessions.payload -> 'authorizations' ? ${clientID}`)
        .execute();
    },

    /** Removes what expired before `before`, revoked or not. */
    async removeExpired(before: Date): Promise<void> {
      await db.kysely
        .deleteFrom('sessions')
        .where('project_id', '=', db.projectID)
        .where('expires_at', '<', before)
        .execute();
    },
  };
};
