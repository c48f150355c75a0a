import { queryOptions } from '@tanstack/react-query';
import { hasReason } from '../api/error.ts';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';

const UsersDocument = graphql(`
  query Users($searchKeyword: String, $first: Int, $after: String, $last: Int, $before: String) {
    users(
      searchKeyword: $searchKeyword
      first: $first
      after: $after
      last: $last
      before: $before
      sortBy: CREATED_AT
      sortDirection: DESC
    ) {
      edges {
        node {
          id
          formattedName
          isDisabled
          isAnonymized
          deleteAt
          createdAt
          lastLoginAt
          loginIDs {
            id
            claims
          }
        }
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
    }
  }
`);

/** One page of users: forwards with `first` and `after`, backwards with `last` and `before`. */
export interface UsersPageInput {
  searchKeyword?: string;
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

/** Everything that is cached about the users of a project. */
export const usersKey = (projectID: string) => [projectID, 'users'] as const;

/** A page of the users that match, newest first. */
export const usersQuery = (projectID: string, input: UsersPageInput) =>
  queryOptions({
    queryKey: [...usersKey(projectID), input],
    queryFn: async ({ signal }) => {
      const { users } = await ask(projectID, UsersDocument, input, signal);
      return {
        users: (users?.edges ?? []).flatMap((edge) => edge?.node ?? []),
        pageInfo: users?.pageInfo,
      };
    },
  });

const UserDocument = graphql(`
  query User($id: ID!) {
    node(id: $id) {
      __typename
      ... on User {
        id
        formattedName
        isDisabled
        disableReason
        temporarilyDisabledFrom
        temporarilyDisabledUntil
        accountValidFrom
        accountValidUntil
        isAnonymized
        anonymizeAt
        deleteAt
        createdAt
        updatedAt
        lastLoginAt
        standardAttributes
        loginIDs {
          id
          createdAt
          claims
        }
        verifiedClaims {
          name
          value
        }
        primaryPassword {
          id
          updatedAt
          expireAfter
        }
        accountLockout {
          isLocked
        }
      }
    }
  }
`);

type UserNode = NonNullable<ResultOf<typeof UserDocument>['node']>;

/** A user as their page shows them. */
export type User = Extract<UserNode, { __typename: 'User' }>;

/** Everything that is cached about one user. */
export const userKey = (projectID: string, userID: string) => [projectID, 'user', userID] as const;

/** One user by global id; null when there is none in this project. */
export const userQuery = (projectID: string, userID: string) =>
  queryOptions({
    queryKey: userKey(projectID, userID),
    queryFn: async ({ signal }): Promise<User | null> => {
      try {
        const { node } = await ask(projectID, UserDocument, { id: userID }, signal);
        return node?.__typename === 'User' ? node : null;
      } catch (error) {
        if (hasReason(error, 'InvalidNodeID')) return null;
        throw error;
      }
    },
  });
