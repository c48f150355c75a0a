import { infiniteQueryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../../api/graphql.ts';
import { userKey } from '../queries.ts';
import { KINDS, type Kind } from './kinds.ts';

const ActivityDocument = graphql(`
  query Activity($userID: ID!, $activityTypes: [AuditLogActivityType!], $first: Int!, $after: String) {
    auditLogs(userIDs: [$userID], activityTypes: $activityTypes, first: $first, after: $after) {
      edges {
        node {
          id
          createdAt
          activityType
          ipAddress
          data
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

type Entries = NonNullable<ResultOf<typeof ActivityDocument>['auditLogs']>['edges'];

/** Something that happened to a user. */
export type Activity = NonNullable<NonNullable<NonNullable<Entries>[number]>['node']>;

const PAGE_SIZE = 50;

/** What happened to a user, the newest first, a page at a time; of one kind alone if wanted. */
export const activityQuery = (projectID: string, userID: string, kind?: Kind) =>
  infiniteQueryOptions({
    queryKey: [...userKey(projectID, userID), 'activity', kind ?? 'all'],
    queryFn: async ({ pageParam, signal }) => {
      const activityTypes = kind && [...KINDS[kind]];
      const variables = { userID, activityTypes, first: PAGE_SIZE, after: pageParam };
      const { auditLogs } = await ask(projectID, ActivityDocument, variables, signal);
      const entries = (auditLogs?.edges ?? []).flatMap((edge): Activity[] => (edge?.node ? [edge.node] : []));
      const { hasNextPage = false, endCursor = null } = auditLogs?.pageInfo ?? {};
      return { entries, next: hasNextPage ? (endCursor ?? undefined) : undefined };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
