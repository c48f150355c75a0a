import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../../api/graphql.ts';
import { userKey } from '../queries.ts';

const SessionsDocument = graphql(`
  query Sessions($userID: ID!, $first: Int!) {
    node(id: $userID) {
      __typename
      ... on User {
        sessions(first: $first) {
          edges {
            node {
              id
              displayName
              createdAt
              createdByIP
              lastAccessedAt
              lastAccessedByIP
              clientIDs
            }
          }
        }
      }
    }
    clients {
      clientID
      name
    }
  }
`);

type Node = NonNullable<ResultOf<typeof SessionsDocument>['node']>;
type Edges = NonNullable<NonNullable<Extract<Node, { __typename: 'User' }>['sessions']>['edges']>;

/** A browser in which a user is signed in. */
export type Session = NonNullable<NonNullable<Edges[number]>['node']>;

/** More than anybody has; whoever does sees the ones used last. */
const MOST = 100;

/** The living sessions of a user, the last used first, and the names of the project's apps by their ids. */
export const sessionsQuery = (projectID: string, userID: string) =>
  queryOptions({
    queryKey: [...userKey(projectID, userID), 'sessions'],
    queryFn: async ({ signal }) => {
      const { node, clients } = await ask(projectID, SessionsDocument, { userID, first: MOST }, signal);
      const edges = node?.__typename === 'User' ? (node.sessions?.edges ?? []) : [];
      return {
        sessions: edges.flatMap((edge): Session[] => (edge?.node ? [edge.node] : [])),
        appNames: new Map(clients.map(({ clientID, name }) => [clientID, name])),
      };
    },
  });

const RevokeSessionDocument = graphql(`
  mutation RevokeSession($sessionID: ID!) {
    revokeSession(input: { sessionID: $sessionID }) {
      user {
        id
      }
    }
  }
`);

/** Ends one session. */
export const revokeSession = (projectID: string, sessionID: string): Promise<unknown> =>
  ask(projectID, RevokeSessionDocument, { sessionID });

const RevokeAllSessionsDocument = graphql(`
  mutation RevokeAllSessions($userID: ID!) {
    revokeAllSessions(input: { userID: $userID }) {
      user {
        id
      }
    }
  }
`);

/** Ends all of them. */
export const revokeAllSessions = (projectID: string, userID: string): Promise<unknown> =>
  ask(projectID, RevokeAllSessionsDocument, { userID });
