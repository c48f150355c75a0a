import { ask, graphql } from '../../api/graphql.ts';

const UpdateUserDocument = graphql(`
  mutation UpdateUser($userID: ID!, $standardAttributes: UserStandardAttributes!) {
    updateUser(input: { userID: $userID, standardAttributes: $standardAttributes }) {
      user {
        id
      }
    }
  }
`);

/** Puts these attributes in the place of all there were. */
export const updateUser = (
  projectID: string,
  userID: string,
  standardAttributes: Record<string, unknown>,
): Promise<unknown> => ask(projectID, UpdateUserDocument, { userID, standardAttributes });
