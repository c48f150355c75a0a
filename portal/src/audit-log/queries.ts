import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';
import { type AuditSearch, typesIn } from './audit-search.ts';
import { rangeOf } from './range.ts';

const EntryFields = graphql(`
  fragment EntryFields on AuditLog @_unmask {
    id
    createdAt
    activityType
    actor {
      type
      id
      name
    }
    operatorName
    user {
      id
      formattedName
      loginIDs {
        id
        claims
      }
    }
    clientID
    ipAddress
    userAgent
    data
  }
`);

const AuditLogDocument = graphql(
  `
    query AuditLog(
      $activityTypes: [AuditLogActivityType!]
      $userIDs: [ID!]
      $emailAddresses: [String!]
      $phoneNumbers: [String!]
      $rangeFrom: DateTime
      $rangeTo: DateTime
      $first: Int
      $after: String
      $last: Int
      $before: String
    ) {
      auditLogs(
        activityTypes: $activityTypes
        userIDs: $userIDs
        emailAddresses: $emailAddresses
        phoneNumbers: $phoneNumbers
        rangeFrom: $rangeFrom
        rangeTo: $rangeTo
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        edges {
          node {
            ...EntryFields
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
  `,
  [EntryFields],
);

/** Something that happened in the project. */
export type Entry = ResultOf<typeof EntryFields>;

const PAGE_SIZE = 50;

/** A phone number has digits and what is written between them, and nothing else. */
const isPhone = (address: string): boolean => /^\+?[\d\s().-]+$/.test(address);

function variablesOf(search: AuditSearch, now: Date) {
  const { user, address, after, before } = search;
  const activityTypes = typesIn(search.types);
  return {
    ...(activityTypes.length > 0 && { activityTypes }),
    ...(user !== undefined && { userIDs: [user] }),
    ...(address !== undefined && { [isPhone(address) ? 'phoneNumbers' : 'emailAddresses']: [address] }),
    ...rangeOf(search, now),
    ...(before === undefined ? { first: PAGE_SIZE, after } : { last: PAGE_SIZE, before }),
  };
}

/** A page of the audit log, the newest first. */
export const auditLogQuery = (projectID: string, { entry: _, ...search }: AuditSearch) =>
  queryOptions({
    queryKey: [projectID, 'audit-log', search],
    queryFn: async ({ signal }) => {
      const variables = variablesOf(search, new Date());
      const { auditLogs } = await ask(projectID, AuditLogDocument, variables, signal);
      return {
        entries: (auditLogs?.edges ?? []).flatMap((edge): Entry[] => (edge?.node ? [edge.node] : [])),
        pageInfo: auditLogs?.pageInfo,
      };
    },
  });

const EntryDocument = graphql(
  `
    query AuditLogEntry($id: ID!) {
      node(id: $id) {
        ... on AuditLog {
          ...EntryFields
        }
      }
    }
  `,
  [EntryFields],
);

/** One entry by its global id; null where the project has none. */
export const entryQuery = (projectID: string, id: string) =>
  queryOptions({
    queryKey: [projectID, 'audit-log-entry', id],
    queryFn: async ({ signal }): Promise<Entry | null> => {
      const { node } = await ask(projectID, EntryDocument, { id }, signal);
      return node && 'activityType' in node ? node : null;
    },
    // What was recorded never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
