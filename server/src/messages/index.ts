export type { MessageTaskDeps } from './deps.ts';
export { enqueueMessage } from './enqueue.ts';
export { listMailbox, openMail } from './mailbox.ts';
export type { MailboxMail, Message, NewMessage } from './model.ts';
export { retryMessage } from './retry.ts';
export { mailRoute } from './route.ts';
export { listMessages, messageStatus } from './status.ts';
export { supersedeMessages } from './supersede.ts';
export { createMessageTasks, MESSAGE_CRONTAB } from './tasks.ts';
