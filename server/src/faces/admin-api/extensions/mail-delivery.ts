import { type MailDelivery, mailDelivery } from '../../../messages/index.ts';
import { builder } from '../schema/builder.ts';

const MailRoute = builder.enumType('MailRoute', {
  values: {
    PROJECT: { value: 'project', description: "The project's own mail server." },
    SERVER: { value: 'server', description: 'That of SMTP_URL.' },
    MAILBOX: { value: 'mailbox', description: 'No mail server is set: the built-in mailbox keeps them.' },
    WAITING: { value: 'waiting', description: 'No mail server is set: they wait for one.' },
  } as const,
});

const MailDeliveryRef = builder.objectRef<MailDelivery>('MailDelivery').implement({
  description: "How this project's mails leave at the moment.",
  fields: (t) => ({
    route: t.field({ type: MailRoute, resolve: ({ route }) => route }),
    senderName: t.exposeString('senderName'),
    senderAddress: t.exposeString('senderAddress'),
  }),
});

builder.queryField('mailDelivery', (t) =>
  t.field({
    type: MailDeliveryRef,
    description: "How this project's mails leave at the moment, and who they come from.",
    resolve: async (_, __, { deps, project }) =>
      mailDelivery(deps.config, project, await deps.projects.settings(project)),
  }),
);
