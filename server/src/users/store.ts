import { sql } from 'kysely';
import type { ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import { duplicatedIdentity, userNotFound } from './errors.ts';
import type { Identity, LoginID, User } from './model.ts';
import { IDENTITY_COLUMNS, identityValues, toIdentity, toUser, USER_COLUMNS } from './rows.ts';
import { searchText } from './search-text.ts';

/** What is known of a user at the start; all else begins at its default. */
export type UserStart = Pick<
  User,
  'id' | 'standardAttributes' | 'locale' | 'accountValidFrom' | 'accountValidUntil' | 'createdAt'
>;

/** How an account stands. */
type UserStatus = Pick<
  User,
  | 'isDisabled'
  | 'disableReason'
  | 'anonymizeAt'
  | 'deleteAt'
  | 'deleteReason'
  | 'accountValidFrom'
  | 'accountValidUntil'
  | 'temporarilyDisabledFrom'
  | 'temporarilyDisabledUntil'
>;

/** The order in which every transaction writes identities, so that no two wait for each other in a circle. */
const inLockOrder = (a: Identity, b: Identity): number => {
  const [left, right] = [`${a.type} ${a.uniqueKey}`, `${b.type} ${b.uniqueKey}`];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Waits for a transaction that is writing the same one, and fails where that succeeds. */
async function writeIdentity({ kysely, projectID }: ProjectDb, identity: Identity): Promise<void> {
  const { numInsertedOrUpdatedRows } = await kysely
    .insertInto('identities')
    .values(identityValues(projectID, identity))
    .onConflict((conflict) => conflict.columns(['project_id', 'type', 'unique_key']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw duplicatedIdentity(identity.type);
}

/** The users and identities of one project. A text that is no UUID finds nothing. */
export const userStore = (db: ProjectDb) => {
  const users = () =>
    db.kysely.selectFrom('users').select(USER_COLUMNS).where('project_id', '=', db.projectID);

  const identities = () =>
    db.kysely.selectFrom('identities').select(IDENTITY_COLUMNS).where('project_id', '=', db.projectID);

  async function raise(column: 'session_epoch' | 'password_version', userID: string): Promise<number> {
    if (!isUUID(userID)) throw userNotFound();
    const row = await db.kysely
      .updateTable('users')
      .set({ [column]: sql`${sql.ref(column)} + 1` })
      .where('project_id', '=', db.projectID)
      .where('id', '=', userID)
      .returning(column)
      .executeTakeFirst();
    if (!row) throw userNotFound();
    return Number(row[column]);
  }

  const store = {
    async find(id: string): Promise<User | undefined> {
      if (!isUUID(id)) return undefined;
      const row = await users().where('id', '=', id).executeTakeFirst();
      return row && toUser(row);
    },

    /** In no order; those that don't exist are left out. */
    async findMany(ids: readonly string[]): Promise<User[]> {
      const rows = await users()
        .where((eb) => eb('id', '=', eb.fn.any(eb.val(ids.filter(isUUID)))))
        .execute();
      return rows.map(toUser);
    },

    /** @param uniqueKey as `normalizeLoginID` or `parseLoginID` makes it; compared byte by byte */
    async findByIdentity(type: Identity['type'], uniqueKey: string): Promise<User | undefined> {
      const row = await users()
        .where('id', '=', (eb) =>
          eb
            .selectFrom('identities')
            .select('user_id')
            .where('project_id', '=', db.projectID)
            .where('type', '=', type)
            .where('unique_key', '=', uniqueKey),
        )
        .executeTakeFirst();
      return row && toUser(row);
    },

    /** The user with one of these login ids, in one look-up for all of them; the first that is anybody's counts. */
    async findByAnyIdentity(
      loginIDs: readonly Pick<LoginID, 'type' | 'uniqueKey'>[],
    ): Promise<User | undefined> {
      const rows = await db.kysely
        .selectFrom('identities as i')
        .innerJoin('users as u', (join) =>
          join.onRef('u.project_id', '=', 'i.project_id').onRef('u.id', '=', 'i.user_id'),
        )
        .select(['i.type as identity_type', 'i.unique_key'])
        .select(USER_COLUMNS.map((column) => `u.${column}` as const))
        .where('i.project_id', '=', db.projectID)
        .where((eb) =>
          eb.or(
            loginIDs.map(({ type, uniqueKey }) =>
              eb.and([eb('i.type', '=', type), eb('i.unique_key', '=', uniqueKey)]),
            ),
          ),
        )
        .execute();
      const owner = loginIDs
        .map(({ type, uniqueKey }) =>
          rows.find((row) => row.identity_type === type && row.unique_key === uniqueKey),
        )
        .find((row) => row !== undefined);
      return owner && toUser(owner);
    },

    async findIdentity(id: string): Promise<Identity | undefined> {
      if (!isUUID(id)) return undefined;
      const row = await identities().where('id', '=', id).executeTakeFirst();
      return row && toIdentity(row);
    },

    /** The oldest first. */
    identitiesOf: (userID: string): Promise<Identity[]> => store.identitiesOfMany([userID]),

    /** The oldest first, whoever's they are. */
    async identitiesOfMany(userIDs: readonly string[]): Promise<Identity[]> {
      const rows = await identities()
        .where((eb) => eb('user_id', '=', eb.fn.any(eb.val(userIDs.filter(isUUID)))))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toIdentity);
    },

    /** Who owns an identity of this type with one of these unique keys. */
    async ownersOf(type: Identity['type'], uniqueKeys: readonly string[]): Promise<string[]> {
      const rows = await db.reader
        .selectFrom('identities')
        .select('user_id')
        .where('project_id', '=', db.projectID)
        .where('type', '=', type)
        .where((eb) => eb('unique_key', '=', eb.fn.any(eb.val([...uniqueKeys]))))
        .execute();
      return rows.map((row) => row.user_id);
    },

    /** Notes that an identity's owner has proved to own it; false where they had before. */
    async verifyIdentity(id: string, at: Date): Promise<boolean> {
      const { numUpdatedRows } = await db.kysely
        .updateTable('identities')
        .set({ verified_at: at, updated_at: at })
        .where('project_id', '=', db.projectID)
        .where('id', '=', id)
        .where('verified_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** Reads a user and keeps everybody else from changing it until the transaction ends. */
    async lock(userID: string): Promise<User | undefined> {
      if (!isUUID(userID)) return undefined;
      const row = await users().where('id', '=', userID).forUpdate().executeTakeFirst();
      return row && toUser(row);
    },

    /** Notes a login; one that is noted late does not take the place of a later one. */
    async touchLogin(userID: string, at: Date): Promise<void> {
      if (!isUUID(userID)) return;
      await db.kysely
        .updateTable('users')
        .set({ last_login_at: sql`greatest(last_login_at, ${at}::timestamptz)` })
        .where('project_id', '=', db.projectID)
        .where('id', '=', userID)
        .execute();
    },

    /** Writes who the user is, and what they are found by. */
    async setProfile(
      userID: string,
      profile: Pick<User, 'standardAttributes' | 'customAttributes' | 'locale'>,
      owned: readonly Identity[],
      at: Date,
    ): Promise<void> {
      await db.kysely
        .updateTable('users')
        .set({
          standard_attributes: JSON.stringify(profile.standardAttributes),
          custom_attributes: JSON.stringify(profile.customAttributes),
          locale: profile.locale,
          search_text: searchText(profile.standardAttributes, owned),
          updated_at: at,
        })
        .where('project_id', '=', db.projectID)
        .where('id', '=', userID)
        .execute();
    },

    /** Writes how the account stands. */
    async setStatus(userID: string, status: UserStatus, at: Date): Promise<void> {
      await db.kysely
        .updateTable('users')
        .set({
          is_disabled: status.isDisabled,
          disable_reason: status.disableReason,
          delete_at: status.deleteAt,
          delete_reason: status.deleteReason,
          anonymize_at: status.anonymizeAt,
          account_valid_from: status.accountValidFrom,
          account_valid_until: status.accountValidUntil,
          temporarily_disabled_from: status.temporarilyDisabledFrom,
          temporarily_disabled_until: status.temporarilyDisabledUntil,
          updated_at: at,
        })
        .where('project_id', '=', db.projectID)
        .where('id', '=', userID)
        .execute();
    },

    /** Removes a user, and with them every row of the project that is theirs. */
    async remove(userID: string): Promise<void> {
      await db.kysely
        .deleteFrom('users')
        .where('project_id', '=', db.projectID)
        .where('id', '=', userID)
        .execute();
    },

    /**
     * Voids every session, grant and token of the user. Returns the new epoch.
     * @throws NotFound `UserNotFound`
     */
    raiseSessionEpoch: (userID: string): Promise<number> => raise('session_epoch', userID),

    /**
     * Voids what was proved with the password so far. Returns the new version.
     * @throws NotFound `UserNotFound`
     */
    raisePasswordVersion: (userID: string): Promise<number> => raise('password_version', userID),

    /**
     * Writes a new user with identities, all or nothing.
     * @throws Invalid `InvariantViolated` where somebody has one of them
     */
    insert: (user: UserStart, owned: readonly Identity[]): Promise<User> =>
      db.transaction(async (tx) => {
        const row = await tx.kysely
          .insertInto('users')
          .values({
            project_id: db.projectID,
            id: user.id,
            standard_attributes: JSON.stringify(user.standardAttributes),
            locale: user.locale,
            search_text: searchText(user.standardAttributes, owned),
            account_valid_from: user.accountValidFrom,
            account_valid_until: user.accountValidUntil,
            created_at: user.createdAt,
            updated_at: user.createdAt,
          })
          .returning(USER_COLUMNS)
          .executeTakeFirstOrThrow();
        for (const identity of owned.toSorted(inLockOrder)) await writeIdentity(tx, identity);
        return toUser(row);
      }),

    /**
     * Gives an existing user one more identity to be found by.
     * @throws Invalid `InvariantViolated` where somebody has it
     */
    insertIdentity: (identity: Identity): Promise<void> =>
      db.transaction(async (tx) => {
        await writeIdentity(tx, identity);
        await tx.kysely
          .updateTable('users')
          .set({
            search_text: sql`concat_ws(chr(10), nullif(search_text, ''), ${searchText({}, [identity])}::text)`,
            updated_at: identity.createdAt,
          })
          .where('project_id', '=', db.projectID)
          .where('id', '=', identity.userID)
          .execute();
      }),
  };
  return store;
};
