import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';
import type { SettingChange } from '../settings/setting-values.ts';

const MailDeliveryDocument = graphql(`
  query MailDelivery {
    mailDelivery {
      route
      senderName
      senderAddress
    }
  }
`);

/** How the mails of a project leave. */
export const mailDeliveryQuery = (projectID: string) =>
  queryOptions({
    queryKey: [projectID, 'mail-delivery'],
    queryFn: async ({ signal }) => (await ask(projectID, MailDeliveryDocument, {}, signal)).mailDelivery,
  });

const SendTestMailDocument = graphql(`
  mutation SendTestMail($to: String!, $changes: [SettingChangeInput!]!) {
    sendTestMail(input: { to: $to, changes: $changes }) {
      outcome
      reply
    }
  }
`);

/** What came of a test mail. */
export type TestMailResult = ResultOf<typeof SendTestMailDocument>['sendTestMail'];

/** Sends a mail now, under settings that may not be saved yet. */
export async function sendTestMail(
  projectID: string,
  to: string,
  changes: readonly SettingChange[],
): Promise<TestMailResult> {
  return (await ask(projectID, SendTestMailDocument, { to, changes: [...changes] })).sendTestMail;
}
