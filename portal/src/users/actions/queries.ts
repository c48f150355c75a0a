import { ask, graphql } from '../../api/graphql.ts';

const SetDisabledStatusDocument = graphql(`
  mutation SetDisabledStatus($input: SetDisabledStatusInput!) {
    setDisabledStatus(input: $input) {
      user {
        id
      }
    }
  }
`);

/** How an account is disabled: for good, or between two moments. */
export interface Disabling {
  reason?: string;
  temporarilyDisabledFrom?: string;
  temporarilyDisabledUntil?: string;
}

/** Lets nobody sign in to an account any more. */
export const disableUser = (projectID: string, userID: string, how: Disabling): Promise<unknown> =>
  ask(projectID, SetDisabledStatusDocument, { input: { userID, isDisabled: true, ...how } });

/** Lets its user sign in again. */
export const enableUser = (projectID: string, userID: string): Promise<unknown> =>
  ask(projectID, SetDisabledStatusDocument, { input: { userID, isDisabled: false } });

const DeleteUserDocument = graphql(`
  mutation DeleteUser($userID: ID!, $reason: String) {
    deleteUser(input: { userID: $userID, reason: $reason }) {
      deletedUserID
    }
  }
`);

/** Deletes a user for good. */
export const deleteUser = (projectID: string, userID: string, reason?: string): Promise<unknown> =>
  ask(projectID, DeleteUserDocument, { userID, reason });
