import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';
import { isFinal } from './delivery.ts';

/** What a screen needs to know of a mail's delivery. */
export const MessageFields = graphql(`
  fragment MessageFields on Message @_unmask {
    id
    type
    recipient
    state
    reason
    canRetry
    createdAt
    sentAt
  }
`);

export type Message = ResultOf<typeof MessageFields>;

const OFTEN_MS = 1_000;
const SELDOM_MS = 5_000;
const OFTEN_TIMES = 30;

/** Asks again while a mail is on its way: often at first, seldom when it takes long. */
function nextLook(messages: readonly Message[] | undefined, looks: number): number | false {
  if (!messages?.some(({ state }) => !isFinal(state))) return false;
  return looks < OFTEN_TIMES ? OFTEN_MS : SELDOM_MS;
}

/** Everything that is cached about the delivery of mails in a project. */
export const messagesKey = (projectID: string) => [projectID, 'messages'] as const;

const MessagesDocument = graphql(
  `
    query Messages($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ...MessageFields
      }
    }
  `,
  [MessageFields],
);

/** These mails, looked at again until none is on its way any more. */
export const messagesQuery = (projectID: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: [...messagesKey(projectID), ids],
    queryFn: async ({ signal }): Promise<Message[]> => {
      const { nodes } = await ask(projectID, MessagesDocument, { ids: [...ids] }, signal);
      return nodes.flatMap((node) => (node?.__typename === 'Message' ? [node] : []));
    },
    refetchInterval: ({ state }) => nextLook(state.data, state.dataUpdateCount),
  });

const MessagesOfUserDocument = graphql(
  `
    query MessagesOfUser($userID: ID!, $first: Int!) {
      node(id: $userID) {
        __typename
        ... on User {
          messages(first: $first) {
            edges {
              node {
                ...MessageFields
              }
            }
          }
        }
      }
    }
  `,
  [MessageFields],
);

const NEWEST = 20;

/** The newest mails to a user. */
export const messagesOfUserQuery = (projectID: string, userID: string) =>
  queryOptions({
    queryKey: [...messagesKey(projectID), 'of', userID],
    queryFn: async ({ signal }): Promise<Message[]> => {
      const variables = { userID, first: NEWEST };
      const { node } = await ask(projectID, MessagesOfUserDocument, variables, signal);
      if (node?.__typename !== 'User') return [];
      return (node.messages?.edges ?? []).flatMap((edge) => edge?.node ?? []);
    },
    refetchInterval: ({ state }) => nextLook(state.data, state.dataUpdateCount),
  });

const RetryMessageDocument = graphql(`
  mutation RetryMessage($messageID: ID!) {
    retryMessage(input: { messageID: $messageID }) {
      message {
        id
      }
    }
  }
`);

/** Sends a mail again that failed. */
export const retryMessage = (projectID: string, messageID: string): Promise<unknown> =>
  ask(projectID, RetryMessageDocument, { messageID });
