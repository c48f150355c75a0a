import type { Kysely } from 'kysely';
import type { DB } from '../platform/database/index.ts';
import { type Collaborator, isProjectID, type Role } from './model.ts';

const COLUMNS = ['project_id', 'user_id', 'role', 'created_at'] as const;

const fromRow = (row: {
  project_id: string;
  user_id: string;
  role: string;
  created_at: Date;
}): Collaborator => ({
  projectID: row.project_id,
  userID: row.user_id,
  role: row.role as Role,
  createdAt: row.created_at,
});

/** Who works on which project. It belongs to the instance: a collaborator is a user of the home project. */
export const collaboratorsStore = (kysely: Kysely<DB>) => ({
  /** A text that can be no project's id finds nothing. */
  async roleOf(projectID: string, userID: string): Promise<Role | undefined> {
    if (!isProjectID(projectID)) return undefined;
    const row = await kysely
      .selectFrom('instance.collaborators')
      .select('role')
      .where('project_id', '=', projectID)
      .where('user_id', '=', userID)
      .executeTakeFirst();
    return row?.role as Role | undefined;
  },

  async ofProject(projectID: string): Promise<Collaborator[]> {
    const rows = await kysely
      .selectFrom('instance.collaborators')
      .select(COLUMNS)
      .where('project_id', '=', projectID)
      .orderBy('created_at')
      .orderBy('user_id')
      .execute();
    return rows.map(fromRow);
  },

  async ofUser(userID: string): Promise<Collaborator[]> {
    const rows = await kysely
      .selectFrom('instance.collaborators')
      .select(COLUMNS)
      .where('user_id', '=', userID)
      .orderBy('project_id')
      .execute();
    return rows.map(fromRow);
  },

  /** Until the transaction ends, no other changes who works on the project. */
  async holdStill(projectID: string): Promise<void> {
    await kysely
      .selectFrom('instance.projects')
      .select('id')
      .where('id', '=', projectID)
      .forNoKeyUpdate()
      .execute();
  },

  /** A collaborator who is one already gets the new role. */
  async put(projectID: string, userID: string, role: Role, at: Date): Promise<void> {
    await kysely
      .insertInto('instance.collaborators')
      .values({ project_id: projectID, user_id: userID, role, created_at: at })
      .onConflict((conflict) => conflict.columns(['project_id', 'user_id']).doUpdateSet({ role }))
      .execute();
  },

  async remove(projectID: string, userID: string): Promise<void> {
    await kysely
      .deleteFrom('instance.collaborators')
      .where('project_id', '=', projectID)
      .where('user_id', '=', userID)
      .execute();
  },
});
