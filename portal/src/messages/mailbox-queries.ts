import { queryOptions } from '@tanstack/react-query';
import { hasReason } from '../api/error.ts';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';

const MailFields = graphql(`
  fragment MailFields on MailboxMail @_unmask {
    id
    recipient
    subject
    createdAt
    expiresAt
  }
`);

/** A mail in the built-in mailbox, without what it says. */
export type MailboxMail = ResultOf<typeof MailFields>;

const MailboxDocument = graphql(
  `
    query Mailbox {
      mailbox {
        ...MailFields
      }
    }
  `,
  [MailFields],
);

const AGAIN_AFTER_MS = 5_000;

/** The mails in the mailbox, newest first. It looks again by itself while it is open. */
export const mailboxQuery = (projectID: string) =>
  queryOptions({
    queryKey: [projectID, 'mailbox'],
    queryFn: async ({ signal }) => (await ask(projectID, MailboxDocument, {}, signal)).mailbox,
    refetchInterval: AGAIN_AFTER_MS,
  });

const OpenMailDocument = graphql(
  `
    mutation OpenMail($id: ID!) {
      openMail(input: { id: $id }) {
        mail {
          ...MailFields
        }
        html
        text
      }
    }
  `,
  [MailFields],
);

/**
 * Opens a mail; null when it is gone. The server records each opening, so this asks once for each visit of
 * the page, and what it says is forgotten when the page is left.
 */
export const openedMailQuery = (projectID: string, id: string) =>
  queryOptions({
    queryKey: [projectID, 'opened-mail', id],
    queryFn: async () => {
      try {
        return (await ask(projectID, OpenMailDocument, { id })).openMail;
      } catch (error) {
        if (hasReason(error, 'MailNotFound') || hasReason(error, 'InvalidMailID')) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
