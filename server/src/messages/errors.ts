import { invalid, notFound } from '../platform/errors.ts';

/** Every reason an act of this capability can be refused for. */
export type MessageErrorReason = 'MessageNotFound' | 'MessageNotRetriable' | 'MailNotFound' | 'NoMailServer';

export const messageNotFound = () =>
  notFound('MessageNotFound' satisfies MessageErrorReason, 'message not found');

export const mailNotFound = () =>
  notFound('MailNotFound' satisfies MessageErrorReason, 'the mailbox has no such mail (any more)');

export const messageNotRetriable = (message: string) =>
  invalid('MessageNotRetriable' satisfies MessageErrorReason, message);

export const noMailServer = () =>
  invalid(
    'NoMailServer' satisfies MessageErrorReason,
    'no mail server is set: give the project one, or set SMTP_URL',
  );
