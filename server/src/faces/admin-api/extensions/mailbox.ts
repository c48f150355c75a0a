import { listMailbox, type MailboxMail, openMail } from '../../../messages/index.ts';
import { globalID, parseGlobalID } from '../../../platform/ids.ts';
import { requireMailboxReader } from '../authorize.ts';
import { badInput } from '../errors.ts';
import { builder } from '../schema/builder.ts';

const MailboxMailRef = builder.objectRef<MailboxMail>('MailboxMail').implement({
  description: 'A mail that was kept here for want of a mail server.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalID('MailboxMail', id) }),
    recipient: t.exposeString('recipient'),
    subject: t.exposeString('subject'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'From then on it is gone.' }),
  }),
});

interface OpenedMail {
  mail: MailboxMail;
  html: string;
  text: string;
}

const OpenMailPayload = builder.objectRef<OpenedMail>('OpenMailPayload').implement({
  fields: (t) => ({
    mail: t.field({ type: MailboxMailRef, resolve: ({ mail }) => mail }),
    html: t.exposeString('html'),
    text: t.exposeString('text'),
  }),
});

const OpenMailInput = builder.inputType('OpenMailInput', {
  fields: (t) => ({ id: t.id({ required: true }) }),
});

builder.queryField('mailbox', (t) =>
  t.field({
    type: [MailboxMailRef],
    description: 'What the built-in mailbox holds, the newest first; for owners of the home project.',
    resolve: async (_, __, context) => {
      await requireMailboxReader(context);
      return listMailbox(context.db, context.deps.clock);
    },
  }),
);

builder.mutationField('openMail', (t) =>
  t.field({
    type: OpenMailPayload,
    description: 'Opens a mail of the mailbox, which the audit log records; for owners of the home project.',
    args: { input: t.arg({ type: OpenMailInput, required: true }) },
    resolve: async (_, { input }, context) => {
      await requireMailboxReader(context);
      const id = parseGlobalID('MailboxMail', input.id);
      if (id === undefined) throw badInput('InvalidMailID', 'invalid mail ID');
      const { html, text, ...mail } = await openMail(context.db, context.deps, id, context.acting);
      return { mail, html, text };
    },
  }),
);
