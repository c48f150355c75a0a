import type { Acting } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Project, Projects } from '../projects/index.ts';
import { userNotFound } from './errors.ts';
import type { User } from './model.ts';
import { userStore } from './store.ts';

/** Who may change whom, and where. */
export interface ChangeDeps {
  projects: Pick<Projects, 'mayActOn'>;
  project: Project;
}

/**
 * Changes a user by somebody's decision: asks whether they may, and then does the change in one transaction that
 * holds the user's row.
 *
 * @param change is handed the user as they are while nobody else can change them
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`; whatever `change` throws
 */
export async function changeUser<Result>(
  db: ProjectDb,
  { projects, project }: ChangeDeps,
  { userID, acting }: { userID: string; acting: Acting },
  change: (tx: ProjectDb, user: User) => Promise<Result>,
): Promise<Result> {
  if (!(await userStore(db).find(userID))) throw userNotFound();
  await projects.mayActOn(acting.actor, project, userID);
  return db.transaction(async (tx) => {
    const user = await userStore(tx).lock(userID);
    if (!user) throw userNotFound();
    return change(tx, user);
  });
}
