import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../../api/graphql.ts';
import type { Role } from '../../api/me.ts';

const CollaboratorsDocument = graphql(`
  query Collaborators {
    collaborators {
      id
      userID
      name
      email
      role
      createdAt
    }
  }
`);

/** Somebody who works on a project. */
export type Collaborator = ResultOf<typeof CollaboratorsDocument>['collaborators'][number];

type GraphRole = Collaborator['role'];

/** The role as the portal names it. */
export const roleFrom = (role: GraphRole): Role => role.toLowerCase() as Role;

const graphRole = (role: Role): GraphRole => role.toUpperCase() as GraphRole;

/** Everything that is cached about who works on a project. */
export const collaboratorsKey = (projectID: string) => [projectID, 'collaborators'] as const;

/** Who works on a project, the first to come first. */
export const collaboratorsQuery = (projectID: string) =>
  queryOptions({
    queryKey: collaboratorsKey(projectID),
    queryFn: async ({ signal }) => (await ask(projectID, CollaboratorsDocument, {}, signal)).collaborators,
  });

const AddCollaboratorDocument = graphql(`
  mutation AddCollaborator($email: String!, $role: CollaboratorRole!) {
    addCollaborator(input: { email: $email, role: $role }) {
      collaborator {
        name
        email
      }
      isNewUser
      isMailed
      password
    }
  }
`);

/** What became of adding somebody. */
export type Added = ResultOf<typeof AddCollaboratorDocument>['addCollaborator'];

/** Has somebody work on the project. */
export const addCollaborator = async (projectID: string, email: string, role: Role): Promise<Added> =>
  (await ask(projectID, AddCollaboratorDocument, { email, role: graphRole(role) })).addCollaborator;

const ChangeRoleDocument = graphql(`
  mutation ChangeCollaboratorRole($collaboratorID: ID!, $role: CollaboratorRole!) {
    changeCollaboratorRole(input: { collaboratorID: $collaboratorID, role: $role }) {
      collaborator {
        id
      }
    }
  }
`);

/** Gives somebody another role. */
export const changeRole = (projectID: string, collaboratorID: string, role: Role): Promise<unknown> =>
  ask(projectID, ChangeRoleDocument, { collaboratorID, role: graphRole(role) });

const RemoveCollaboratorDocument = graphql(`
  mutation RemoveCollaborator($collaboratorID: ID!) {
    removeCollaborator(input: { collaboratorID: $collaboratorID }) {
      ok
    }
  }
`);

/** Takes somebody off the project. */
export const removeCollaborator = (projectID: string, collaboratorID: string): Promise<unknown> =>
  ask(projectID, RemoveCollaboratorDocument, { collaboratorID });
