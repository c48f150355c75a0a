import type { ProjectDb } from '../platform/database/index.ts';

/** Which of the passwords a user has had count: the newest ones, and those set since a moment. */
export interface HistoryRange {
  newest: number;
  since?: Date;
}

/** The passwords the users of one project have had, the present one among them, by password version. */
export const historyStore = (db: ProjectDb) => {
  const versionsOf = (userID: string, newest: number) =>
    db.kysely
      .selectFrom('password_history')
      .select('password_version')
      .where('project_id', '=', db.projectID)
      .where('user_id', '=', userID)
      .orderBy('password_version', 'desc')
      .limit(newest);

  return {
    async insert(userID: string, passwordVersion: number, hash: string, at: Date): Promise<void> {
      await db.kysely
        .insertInto('password_history')
        .values({
          project_id: db.projectID,
          user_id: userID,
          password_version: passwordVersion,
          password_hash: hash,
          created_at: at,
        })
        .execute();
    },

    /** Hashes, the newest first. */
    async hashes(userID: string, { newest, since }: HistoryRange): Promise<string[]> {
      const rows = await db.kysely
        .selectFrom('password_history')
        .select('password_hash')
        .where('project_id', '=', db.projectID)
        .where('user_id', '=', userID)
        .where((eb) =>
          eb.or([
            eb('password_version', 'in', versionsOf(userID, newest)),
            ...(since ? [eb('created_at', '>=', since)] : []),
          ]),
        )
        .orderBy('password_version', 'desc')
        .execute();
      return rows.map((row) => row.password_hash);
    },

    /** Forgets all that are not in the range. */
    async prune(userID: string, { newest, since }: HistoryRange): Promise<void> {
      let outside = db.kysely
        .deleteFrom('password_history')
        .where('project_id', '=', db.projectID)
        .where('user_id', '=', userID)
        .where('password_version', 'not in', versionsOf(userID, newest));
      if (since) outside = outside.where('created_at', '<', since);
      await outside.execute();
    },
  };
};
