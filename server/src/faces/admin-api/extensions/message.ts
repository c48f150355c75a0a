import { globalID } from '../../../platform/ids.ts';
import { builder } from '../schema/builder.ts';
import { Entity, Node } from '../schema/node.ts';
import { MessageRef } from '../schema/refs.ts';

const MessageChannel = builder.enumType('MessageChannel', {
  values: { EMAIL: { value: 'email' }, SMS: { value: 'sms' }, WHATSAPP: { value: 'whatsapp' } } as const,
});

const MessageState = builder.enumType('MessageState', {
  values: {
    QUEUED: { value: 'queued', description: 'About to be sent.' },
    WAITING: { value: 'waiting', description: 'Waits for a mail server to be set.' },
    SENDING: { value: 'sending' },
    SENT: { value: 'sent', description: 'The mail server has taken it.' },
    FAILED: { value: 'failed', description: 'Given up; the reason is in the words of the mail server.' },
    SUPERSEDED: {
      value: 'superseded',
      description: 'Never sent, because a newer password, link or code exists.',
    },
  } as const,
});

const MessageType = builder.enumType('MessageType', {
  values: {
    ACCOUNT_CREATED: { value: 'account_created' },
    OPERATOR_CREATED: { value: 'operator_created' },
    PASSWORD_CHANGED: { value: 'password_changed' },
    PASSWORD_RESET_BY_ADMIN: { value: 'password_reset_by_admin' },
    RECOVERY_CODE: { value: 'recovery_code' },
    RECOVERY_LINK: { value: 'recovery_link' },
    RECOVERY_WITHOUT_PASSWORD: { value: 'recovery_without_password' },
    SIGNUP_CODE: { value: 'signup_code' },
    SIGNUP_EXISTING_ACCOUNT: { value: 'signup_existing_account' },
    TEST: { value: 'test' },
  } as const,
});

MessageRef.implement({
  description: 'A message to a user and what became of it. What it says is not kept here.',
  interfaces: [Node, Entity],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalID('Message', id) }),
    type: t.field({ type: MessageType, resolve: ({ type }) => type }),
    channel: t.field({ type: MessageChannel, resolve: ({ channel }) => channel }),
    recipient: t.exposeString('recipient'),
    state: t.field({ type: MessageState, resolve: ({ state }) => state }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is not sent.' }),
    sentAt: t.expose('sentAt', { type: 'DateTime', nullable: true }),
    canRetry: t.boolean({
      description: 'Whether retryMessage can still send it; when not, only a new one helps.',
      resolve: ({ canRetry }) => canRetry,
    }),
  }),
});
