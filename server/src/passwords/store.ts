import { sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import { MOST_FAILURES } from './attempt.ts';
import type { Authenticator, StoredPassword } from './model.ts';

const COLUMNS = [
  'id',
  'user_id',
  'kind',
  'type',
  'is_default',
  'expire_after',
  'failed_attempts',
  'created_at',
  'updated_at',
] as const;

interface Row {
  id: string;
  user_id: string;
  kind: string;
  type: string;
  is_default: boolean;
  expire_after: Date | null;
  failed_attempts: number;
  created_at: Date;
  updated_at: Date;
}

const fromRow = (row: Row): Authenticator => ({
  id: row.id,
  userID: row.user_id,
  kind: row.kind as Authenticator['kind'],
  type: row.type as Authenticator['type'],
  isDefault: row.is_default,
  expireAfter: row.expire_after,
  isLocked: row.failed_attempts >= MOST_FAILURES,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** How the users of one project prove who they are, without the secrets. */
export const authenticatorStore = (db: ProjectDb) => {
  const authenticators = () =>
    db.kysely.selectFrom('authenticators').select(COLUMNS).where('project_id', '=', db.projectID);

  return {
    /** A text that is no UUID finds nothing. */
    async find(id: string): Promise<Authenticator | undefined> {
      if (!isUUID(id)) return undefined;
      const row = await authenticators().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    /** The oldest first, whoever's they are. */
    async ofUsers(userIDs: readonly string[]): Promise<Authenticator[]> {
      const rows = await authenticators()
        .where((eb) => eb('user_id', '=', eb.fn.any(eb.val(userIDs.filter(isUUID)))))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
  };
};

/** A stored password with the standing of its user, read at the same moment. */
export interface Credential extends StoredPassword {
  userID: string;
  sessionEpoch: number;
  passwordVersion: number;
  /** Wrong tries in a row. */
  failedAttempts: number;
  attemptSeries: number;
}

const NEW_SERIES = { failed_attempts: 0, attempt_series: sql<number>`attempt_series + 1` };

/** The primary passwords of one project. */
export const passwordStore = (db: ProjectDb) => {
  const updateOf = (userID: string) =>
    db.kysely
      .updateTable('authenticators')
      .where('project_id', '=', db.projectID)
      .where('user_id', '=', userID)
      .where('type', '=', 'password')
      .where('kind', '=', 'primary');

  return {
    async find(userID: string): Promise<Credential | undefined> {
      if (!isUUID(userID)) return undefined;
      const row = await db.kysely
        .selectFrom('authenticators as a')
        .innerJoin('users as u', (join) =>
          join.onRef('u.project_id', '=', 'a.project_id').onRef('u.id', '=', 'a.user_id'),
        )
        .select([
          'a.id',
          'a.user_id',
          'a.password_hash',
          'a.expire_after',
          'a.failed_attempts',
          'a.attempt_series',
          'a.created_at',
          'a.updated_at',
          'u.session_epoch',
          'u.password_version',
        ])
        .where('a.project_id', '=', db.projectID)
        .where('a.user_id', '=', userID)
        .where('a.type', '=', 'password')
        .where('a.kind', '=', 'primary')
        .executeTakeFirst();
      return (
        row && {
          id: row.id,
          userID: row.user_id,
          hash: row.password_hash ?? '',
          expireAfter: row.expire_after,
          createdAt: row.created_at,
          updatedAt: row.updated_at,
          sessionEpoch: row.session_epoch,
          passwordVersion: row.password_version,
          failedAttempts: row.failed_attempts,
          attemptSeries: row.attempt_series,
        }
      );
    },

    /** Puts another password in the place of the user's, with no failures yet; false where the user has none. */
    async replace(userID: string, hash: string, expireAfter: Date | null, at: Date): Promise<boolean> {
      const { numUpdatedRows } = await updateOf(userID)
        .set({ password_hash: hash, expire_after: expireAfter, updated_at: at, ...NEW_SERIES })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async insert(
      id: string,
      userID: string,
      hash: string,
      expireAfter: Date | null,
      at: Date,
    ): Promise<void> {
      await db.kysely
        .insertInto('authenticators')
        .values({
          project_id: db.projectID,
          id,
          user_id: userID,
          kind: 'primary',
          type: 'password',
          is_default: true,
          password_hash: hash,
          expire_after: expireAfter,
          created_at: at,
          updated_at: at,
        })
        .execute();
    },

    /** Removes the user's password, if that is the one meant; false where it is not. */
    async remove(userID: string, id: string): Promise<boolean> {
      const { numDeletedRows } = await db.kysely
        .deleteFrom('authenticators')
        .where('project_id', '=', db.projectID)
        .where('user_id', '=', userID)
        .where('id', '=', id)
        .where('type', '=', 'password')
        .where('kind', '=', 'primary')
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Stores another hash of the same password, unless it is not the stored one any more. */
    async rehash(userID: string, from: string, to: string): Promise<void> {
      await updateOf(userID).set({ password_hash: to }).where('password_hash', '=', from).execute();
    },

    /**
     * Counts a wrong try, up to the most there may be; on its own, in no transaction with anything else. It is not
     * waited for until the disk has it: where there is nobody nothing is written, and the wait would tell them apart.
     */
    async countFailure(userID: string): Promise<void> {
      await updateOf(userID)
        .set({ failed_attempts: sql`failed_attempts + 1` })
        .where('failed_attempts', '<', MOST_FAILURES)
        .returning(sql`set_config('synchronous_commit', 'off', true)`.as('synchronous_commit'))
        .execute();
    },

    /** Forgets the wrong tries after a right one; false where there were too many of them. */
    async forgetFailures(userID: string): Promise<boolean> {
      const { numUpdatedRows } = await updateOf(userID)
        .set({ failed_attempts: 0 })
        .where('failed_attempts', '<', MOST_FAILURES)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Begins all counts of wrong tries anew; returns how many in a row there were. */
    async beginSeries(userID: string): Promise<number> {
      const before = await passwordStore(db).find(userID);
      await updateOf(userID).set(NEW_SERIES).execute();
      return before?.failedAttempts ?? 0;
    },

    /** Sets from when on the password must be changed; false where the user has none. */
    async setExpireAfter(userID: string, expireAfter: Date | null): Promise<boolean> {
      const { numUpdatedRows } = await updateOf(userID).set({ expire_after: expireAfter }).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
};

/** The user's password as it is stored; undefined where there is none. */
export async function passwordOf(db: ProjectDb, userID: string): Promise<StoredPassword | undefined> {
  const found = await passwordStore(db).find(userID);
  if (!found) return undefined;
  const { id, hash, expireAfter, createdAt, updatedAt } = found;
  return { id, hash, expireAfter, createdAt, updatedAt };
}
