import type { Kysely } from 'kysely';
import type { DB } from '../platform/database/index.ts';
import { HOME } from './model.ts';

const ONLY_ROW = 1;

/** The one token that can make the first operator, as its SHA-256. */
export const firstRunStore = (kysely: Kysely<DB>) => ({
  async put(tokenHash: Buffer, expiresAt: Date): Promise<void> {
    await kysely
      .insertInto('instance.first_run')
      .values({ id: ONLY_ROW, token_hash: tokenHash, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ token_hash: tokenHash, expires_at: expiresAt }),
      )
      .execute();
  },

  async remove(): Promise<void> {
    await kysely.deleteFrom('instance.first_run').execute();
  },

  async hasOwner(): Promise<boolean> {
    const row = await kysely
      .selectFrom('instance.collaborators')
      .select('user_id')
      .where('project_id', '=', HOME)
      .where('role', '=', 'owner')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },

  async isValid(tokenHash: Buffer, now: Date): Promise<boolean> {
    const row = await kysely
      .selectFrom('instance.first_run')
      .select('id')
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row !== undefined && !(await this.hasOwner());
  },

  /** Uses the token up: of two at once only one gets true. */
  async take(tokenHash: Buffer, now: Date): Promise<boolean> {
    const { numDeletedRows } = await kysely
      .deleteFrom('instance.first_run')
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('instance.collaborators')
              .select('user_id')
              .where('project_id', '=', HOME)
              .where('role', '=', 'owner'),
          ),
        ),
      )
      .executeTakeFirst();
    return numDeletedRows === 1n;
  },
});
