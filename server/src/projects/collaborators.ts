import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { collaboratorsStore } from './collaborators-store.ts';
import type { ProjectsDeps } from './deps.ts';
import { firstRunStore } from './first-run-store.ts';
import { type Collaborator, HOME, type Role } from './model.ts';

/** Who works on which project. */
export interface Collaborators {
  roleOf(projectID: string, homeUserID: string): Promise<Role | undefined>;
  /** The first to come first. */
  listFor(projectID: string): Promise<Collaborator[]>;
  projectsOf(homeUserID: string): Promise<Collaborator[]>;
  /**
   * Makes a user of the home project a collaborator, or gives one another role. An owner of home ends the
   * first run: its link is void from then on.
   *
   * @param tx joins this transaction, of whichever project
   */
  add(
    input: { projectID: string; userID: string; role: Role },
    acting: Acting,
    tx?: ProjectDb,
  ): Promise<void>;
}

/** Makes the list of who works on what. */
export function createCollaborators({ database, clock }: ProjectsDeps): Collaborators {
  const store = collaboratorsStore(database.kysely);
  return {
    roleOf: store.roleOf,
    listFor: store.ofProject,
    projectsOf: store.ofUser,
    async add({ projectID, userID, role }, acting, outer) {
      await (outer ?? database.forProject(projectID)).transaction(async (tx) => {
        if (projectID === HOME && role === 'owner') await firstRunStore(tx.kysely).remove();
        await collaboratorsStore(tx.kysely).put(projectID, userID, role, clock.now());
        await recordAudit({ ...tx, projectID }, clock, {
          activityType: 'COLLABORATOR_ADDED',
          userID: projectID === HOME ? userID : undefined,
          acting,
          data: { user_id: userID, role },
        });
      });
    },
  };
}
