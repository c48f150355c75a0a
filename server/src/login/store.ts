import type { ProjectDb } from '../platform/database/index.ts';
import type { Proof } from './model.ts';

const COLUMNS = [
  'user_id',
  'session_epoch',
  'password_version',
  'must_change',
  'proved_at',
  'expires_at',
] as const;

interface Row {
  user_id: string;
  session_epoch: number;
  password_version: number;
  must_change: boolean;
  proved_at: Date;
  expires_at: Date;
}

const fromRow = (row: Row): Proof => ({
  userID: row.user_id,
  sessionEpoch: row.session_epoch,
  passwordVersion: row.password_version,
  mustChange: row.must_change,
  provedAt: row.proved_at,
  expiresAt: row.expires_at,
});

const toRow = (proof: Proof): Row => ({
  user_id: proof.userID,
  session_epoch: proof.sessionEpoch,
  password_version: proof.passwordVersion,
  must_change: proof.mustChange,
  proved_at: proof.provedAt,
  expires_at: proof.expiresAt,
});

/** What login interactions have proved, in one project. Keys are SHA-256 hashes of interaction ids. */
export const flowStore = (db: ProjectDb) => ({
  async find(interactionHash: Buffer): Promise<Proof | undefined> {
    const row = await db.kysely
      .selectFrom('login_flows')
      .select(COLUMNS)
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .executeTakeFirst();
    return row && fromRow(row);
  },

  /** Writes what was proved; a later proof in the same interaction takes the place of an earlier one. */
  async put(interactionHash: Buffer, proof: Proof): Promise<void> {
    await db.kysely
      .insertInto('login_flows')
      .values({ project_id: db.projectID, interaction_hash: interactionHash, ...toRow(proof) })
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'interaction_hash']).doUpdateSet(toRow(proof)),
      )
      .execute();
  },

  /** Puts a proof in the place of this one, unless that is gone or overtaken meanwhile. */
  async replace(interactionHash: Buffer, from: Proof, to: Proof): Promise<void> {
    await db.kysely
      .updateTable('login_flows')
      .set(toRow(to))
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .where('user_id', '=', from.userID)
      .where('password_version', '=', from.passwordVersion)
      .where('session_epoch', '=', from.sessionEpoch)
      .execute();
  },

  /** Uses this very proof up; of two at once only one gets true, and of another proof nothing is taken. */
  async take(interactionHash: Buffer, proof: Proof): Promise<boolean> {
    const { numDeletedRows } = await db.kysely
      .deleteFrom('login_flows')
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .where('user_id', '=', proof.userID)
      .where('password_version', '=', proof.passwordVersion)
      .where('session_epoch', '=', proof.sessionEpoch)
      .where('must_change', '=', proof.mustChange)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  },

  /** Forgets whatever the interaction has proved. */
  async remove(interactionHash: Buffer): Promise<void> {
    await db.kysely
      .deleteFrom('login_flows')
      .where('project_id', '=', db.projectID)
      .where('interaction_hash', '=', interactionHash)
      .execute();
  },

  /** Forgets whatever any interaction has proved of the user. */
  async removeOf(userID: string): Promise<void> {
    await db.kysely
      .deleteFrom('login_flows')
      .where('project_id', '=', db.projectID)
      .where('user_id', '=', userID)
      .execute();
  },

  /** Removes what ran out before `now`. */
  async removeExpired(now: Date): Promise<void> {
    await db.kysely
      .deleteFrom('login_flows')
      .where('project_id', '=', db.projectID)
      .where('expires_at', '<=', now)
      .execute();
  },
});
