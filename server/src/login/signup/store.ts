import type { ProjectDb } from '../../platform/database/index.ts';

/** A sign-up as it is stored. */
export interface StoredSignup {
  attemptID: string;
  /** The address as it was typed. */
  addressSealed: string;
  provedAt: Date | null;
  expiresAt: Date;
}

const COLUMNS = ['attempt_id', 'address_sealed', 'proved_at', 'expires_at'] as const;

interface Row {
  attempt_id: string;
  address_sealed: string;
  proved_at: Date | null;
  expires_at: Date;
}

const fromRow = (row: Row): StoredSignup => ({
  attemptID: row.attempt_id,
  addressSealed: row.address_sealed,
  provedAt: row.proved_at,
  expiresAt: row.expires_at,
});

const toRow = (signup: StoredSignup): Row => ({
  attempt_id: signup.attemptID,
  address_sealed: signup.addressSealed,
  proved_at: signup.provedAt,
  expires_at: signup.expiresAt,
});

/** The sign-ups under way in one project. Keys are SHA-256 hashes of interaction ids. */
export const signupStore = (db: ProjectDb) => ({
  async find(interactionHash: Buffer): Promise<StoredSignup | undefined> {
    const row = await db.kysely
      .selectFrom('signup_flows')
      .select(COLUMNS)
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .executeTakeFirst();
    return row && fromRow(row);
  },

  /** Begins a sign-up; a later one in the same interaction takes the place of an earlier one. */
  async put(interactionHash: Buffer, signup: StoredSignup): Promise<void> {
    await db.kysely
      .insertInto('signup_flows')
      .values({ project_id: db.projectID, interaction_hash: interactionHash, ...toRow(signup) })
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'interaction_hash']).doUpdateSet(toRow(signup)),
      )
      .execute();
  },

  /** Notes that the code of this attempt was right, unless another sign-up has taken its place. */
  async prove(interactionHash: Buffer, attemptID: string, at: Date, expiresAt: Date): Promise<void> {
    await db.kysely
      .updateTable('signup_flows')
      .set({ proved_at: at, expires_at: expiresAt })
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .where('attempt_id', '=', attemptID)
      .execute();
  },

  /** Uses a proved sign-up up; of two at once only one gets true, and of one that ran out nothing is taken. */
  async take(interactionHash: Buffer, attemptID: string, now: Date): Promise<boolean> {
    const { numDeletedRows } = await db.kysely
      .deleteFrom('signup_flows')
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .where('attempt_id', '=', attemptID)
      .where('proved_at', 'is not', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  },

  /** Forgets the sign-up of an interaction. */
  async remove(interactionHash: Buffer): Promise<void> {
    await db.kysely
      .deleteFrom('signup_flows')
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .execute();
  },

  /** Removes what ran out before `now`. */
  async removeExpired(now: Date): Promise<void> {
    await db.kysely
      .deleteFrom('signup_flows')
      .where('project_id', '=', db.projectID)
      .where('expires_at', '<=', now)
      .execute();
  },
});
