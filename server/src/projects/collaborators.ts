import type { Acting } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { changeRole } from './change-role.ts';
import { collaboratorsStore } from './collaborators-store.ts';
import type { ProjectsDeps } from './deps.ts';
import { giveRole, type Place } from './give-role.ts';
import type { Collaborator, Role } from './model.ts';
import { removeCollaborator } from './remove-collaborator.ts';

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
   * @throws Forbidden `LastOwner`
   */
  add(place: Place, acting: Acting, tx?: ProjectDb): Promise<void>;
  /** @throws NotFound `CollaboratorNotFound`; Forbidden `LastOwner`, `MayNotActOnCollaborator` */
  changeRole(place: Place, acting: Acting): Promise<void>;
  /**
   * @param tx joins this transaction, of whichever project
   * @throws NotFound `CollaboratorNotFound`; Forbidden `LastOwner`
   */
  remove(place: Omit<Place, 'role'>, acting: Acting, tx?: ProjectDb): Promise<void>;
}

/** Makes the list of who works on what. */
export function createCollaborators(deps: ProjectsDeps): Collaborators {
  const store = collaboratorsStore(deps.database.kysely);
  return {
    roleOf: store.roleOf,
    listFor: store.ofProject,
    projectsOf: store.ofUser,
    add: (place, acting, tx) => giveRole(deps, place, acting, tx),
    changeRole: (place, acting) => changeRole(deps, place, acting),
    remove: (place, acting, tx) => removeCollaborator(deps, place, acting, tx),
  };
}
