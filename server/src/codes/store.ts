import { type Selectable, sql } from 'kysely';
import type { Origin } from '../audit/index.ts';
import type { DB, JsonObject, ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { type BoundTo, type CodeKind, type CodePurpose, type Found, TRIES } from './model.ts';

/** An attempt as it is stored. */
export interface StoredAttempt {
  id: string;
  purpose: CodePurpose;
  kind: CodeKind;
  keyHash: Buffer;
  addressSealed: string | null;
  data: JsonObject;
  origin: Origin;
  lifetimeMs: number;
  /** A worker is to send something. */
  isPending: boolean;
  tries: number;
  found: Found | undefined;
  codeHash: Buffer | null;
  createdAt: Date;
  resendAt: Date;
  expiresAt: Date;
  provedAt: Date | null;
  usedAt: Date | null;
  voidedAt: Date | null;
  /** All that it was bound to is as it was. */
  isBound: boolean;
}

export type NewAttempt = Pick<
  StoredAttempt,
  | 'id'
  | 'purpose'
  | 'kind'
  | 'keyHash'
  | 'addressSealed'
  | 'data'
  | 'origin'
  | 'lifetimeMs'
  | 'isPending'
  | 'createdAt'
  | 'resendAt'
  | 'expiresAt'
>;

/** An address that is removed must not stay behind in here. */
const keyHashOf = sql<Buffer>`sha256(convert_to(i.unique_key, 'UTF8'))`;

/** Whether the account is as it was when the code was made, and may be used at all. */
const isBound = sql<boolean>`(
  (codes.user_id is null or exists (
    select from users u where u.project_id = codes.project_id and u.id = codes.user_id
      and u.password_version = coalesce(codes.password_version, u.password_version)
      and u.session_epoch = coalesce(codes.session_epoch, u.session_epoch)
      and not u.is_disabled and not u.is_anonymized and u.delete_at is null))
  and (codes.identity_id is null or exists (
    select from identities i where i.project_id = codes.project_id and i.id = codes.identity_id
      and i.user_id = codes.user_id and ${keyHashOf} = codes.identity_hash)))`;

const fromRow = (row: Selectable<DB['codes']> & { is_bound: boolean }): StoredAttempt => ({
  id: row.id,
  purpose: row.purpose as CodePurpose,
  kind: row.kind as CodeKind,
  keyHash: row.key_hash,
  addressSealed: row.address_sealed,
  data: row.data as JsonObject,
  origin: row.origin as Origin,
  lifetimeMs: row.lifetime_ms,
  isPending: row.is_pending,
  tries: row.tries,
  found:
    row.user_id !== null && row.identity_id !== null
      ? { userID: row.user_id, identityID: row.identity_id }
      : undefined,
  codeHash: row.code_hash,
  createdAt: row.created_at,
  resendAt: row.resend_at,
  expiresAt: row.expires_at,
  provedAt: row.proved_at,
  usedAt: row.used_at,
  voidedAt: row.voided_at,
  isBound: row.is_bound,
});

/** The one-time codes and links of a project. */
export const codeStore = (db: ProjectDb) => {
  const all = () =>
    db.kysely
      .selectFrom('codes')
      .selectAll()
      .select(isBound.as('is_bound'))
      .where('project_id', '=', db.projectID);
  const update = () => db.kysely.updateTable('codes').where('project_id', '=', db.projectID);
  const updateOf = (purpose: CodePurpose, id: string) =>
    update().where('id', '=', id).where('purpose', '=', purpose);

  return {
    async insert(attempt: NewAttempt): Promise<void> {
      await db.kysely
        .insertInto('codes')
        .values({
          project_id: db.projectID,
          id: attempt.id,
          purpose: attempt.purpose,
          kind: attempt.kind,
          key_hash: attempt.keyHash,
          address_sealed: attempt.addressSealed,
          data: JSON.stringify(attempt.data),
          origin: JSON.stringify(attempt.origin),
          lifetime_ms: attempt.lifetimeMs,
          is_pending: attempt.isPending,
          created_at: attempt.createdAt,
          resend_at: attempt.resendAt,
          expires_at: attempt.expiresAt,
        })
        .execute();
    },

    async find(purpose: CodePurpose, id: string): Promise<StoredAttempt | undefined> {
      const row = await all().where('id', '=', id).where('purpose', '=', purpose).executeTakeFirst();
      return row && fromRow(row);
    },

    async findByToken(purpose: CodePurpose, token: string): Promise<StoredAttempt | undefined> {
      const row = await all()
        .where('token_hash', '=', sha256(token))
        .where('purpose', '=', purpose)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** What a worker is to send something for, of whichever purpose. */
    async findPending(id: string): Promise<StoredAttempt | undefined> {
      const row = await all().where('id', '=', id).where('is_pending', '=', true).executeTakeFirst();
      return row && fromRow(row);
    },

    /** Makes an attempt begin anew: what was sent before is void. Nothing where it has been used. */
    async restart(
      purpose: CodePurpose,
      id: string,
      times: Pick<StoredAttempt, 'resendAt' | 'expiresAt'>,
    ): Promise<StoredAttempt | undefined> {
      const row = await updateOf(purpose, id)
        .where('used_at', 'is', null)
        .set({
          is_pending: true,
          tries: 0,
          code_hash: null,
          token_hash: null,
          proved_at: null,
          voided_at: null,
          resend_at: times.resendAt,
          expires_at: times.expiresAt,
        })
        .returningAll()
        .returning(isBound.as('is_bound'))
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Ends a worker's turn: false where another has ended it. Forgets what was typed. */
    async finish(id: string, found: Found | undefined, expiresAt: Date): Promise<boolean> {
      const { numUpdatedRows } = await update()
        .where('id', '=', id)
        .where('is_pending', '=', true)
        .set({
          is_pending: false,
          address_sealed: null,
          expires_at: expiresAt,
          ...(found && { user_id: found.userID, identity_id: found.identityID }),
        })
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async kindOf(id: string): Promise<Pick<StoredAttempt, 'purpose' | 'kind'>> {
      const row = await db.kysely
        .selectFrom('codes')
        .select(['purpose', 'kind'])
        .where('project_id', '=', db.projectID)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return { purpose: row.purpose as CodePurpose, kind: row.kind as CodeKind };
    },

    /** Writes what was made, and what it is bound to. */
    async issue(id: string, secret: { codeHash: Buffer } | { token: string }, to: BoundTo): Promise<void> {
      await update()
        .where('id', '=', id)
        .set({
          code_hash: 'codeHash' in secret ? secret.codeHash : null,
          token_hash: 'token' in secret ? sha256(secret.token) : null,
          user_id: to.userID ?? null,
          identity_id: to.identityID ?? null,
          identity_hash: sql`(
            select ${keyHashOf} from identities i
              where i.project_id = ${db.projectID} and i.id = ${to.identityID ?? null}::uuid)`,
          password_version: to.passwordVersion ?? null,
          session_epoch: to.sessionEpoch ?? null,
        })
        .execute();
    },

    /** Counts a try at a code, and then reads it: of any number at once, no more than are left get through. */
    async takeTry(purpose: CodePurpose, id: string): Promise<StoredAttempt | undefined> {
      const row = await updateOf(purpose, id)
        .where('kind', '=', 'code')
        .where('tries', '<', TRIES)
        .set((eb) => ({ tries: eb('tries', '+', 1) }))
        .returningAll()
        .returning(isBound.as('is_bound'))
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Puts a token in the place of a code that is right: of many at once one gets true. */
    async prove(
      { purpose, id, codeHash }: Pick<StoredAttempt, 'purpose' | 'id' | 'codeHash'>,
      token: string,
      times: { now: Date; expiresAt: Date },
    ): Promise<boolean> {
      const { numUpdatedRows } = await updateOf(purpose, id)
        .where('code_hash', '=', codeHash)
        .where('proved_at', 'is', null)
        .where('used_at', 'is', null)
        .where('voided_at', 'is', null)
        .where(isBound)
        .set({ token_hash: sha256(token), proved_at: times.now, expires_at: times.expiresAt })
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** Uses a token up: of many at once one gets the attempt. */
    async consume(purpose: CodePurpose, token: string, now: Date): Promise<StoredAttempt | undefined> {
      const row = await update()
        .where('token_hash', '=', sha256(token))
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .where('voided_at', 'is', null)
        .where('expires_at', '>', now)
        .where(isBound)
        .set({ used_at: now })
        .returningAll()
        .returning(isBound.as('is_bound'))
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Voids what a user was sent and has not used: of one purpose, but for one attempt, or all of it. */
    async void(userID: string, now: Date, but?: { purpose: CodePurpose; id: string }): Promise<void> {
      let query = update()
        .where('user_id', '=', userID)
        .where('used_at', 'is', null)
        .where('voided_at', 'is', null)
        .set({ voided_at: now });
      if (but) query = query.where('purpose', '=', but.purpose).where('id', '<>', but.id);
      await query.execute();
    },

    /** Forgets what was typed in attempts that ran out, and those that ran out before `keptSince`. */
    async sweep(now: Date, keptSince: Date): Promise<void> {
      await db.kysely
        .deleteFrom('codes')
        .where('project_id', '=', db.projectID)
        .where('expires_at', '<=', keptSince)
        .execute();
      await update()
        .where('expires_at', '<=', now)
        .where('address_sealed', 'is not', null)
        .set({ address_sealed: null, is_pending: false })
        .execute();
    },
  };
};
