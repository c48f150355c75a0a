/** What a message's secret is sealed for: that message and nothing else. */
export const secretPurpose = (projectID: string, messageID: string): string =>
  `message:${projectID}:${messageID}`;

/** What a mail in the built-in mailbox is sealed for. */
export const mailPurpose = (projectID: string, mailID: string): string => `mailbox:${projectID}:${mailID}`;
