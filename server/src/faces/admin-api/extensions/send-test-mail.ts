import { sendTestMail, type TestMailResult } from '../../../messages/index.ts';
import { requireOwner } from '../authorize.ts';
import { builder } from '../schema/builder.ts';
import { SettingChangeInput, settingChanges } from './set-settings.ts';

const TestMailOutcome = builder.enumType('TestMailOutcome', {
  values: {
    SENT: { value: 'sent', description: 'The mail server has taken it.' },
    KEPT: { value: 'kept', description: 'It comes to the built-in mailbox.' },
    REFUSED: { value: 'refused', description: 'The mail server answered, in the words of the reply.' },
    UNTRUSTED: { value: 'untrusted', description: 'TLS with it could not be made: look at its certificate.' },
    UNREACHABLE: { value: 'unreachable', description: 'No mail server answers there.' },
  } as const,
});

const SendTestMailInput = builder.inputType('SendTestMailInput', {
  fields: (t) => ({
    to: t.string({ required: true, description: 'The address it goes to.' }),
    changes: t.field({
      type: [SettingChangeInput],
      description: 'Settings that are not saved yet, under which it is sent.',
    }),
  }),
});

const SendTestMailPayload = builder.objectRef<TestMailResult>('SendTestMailPayload').implement({
  fields: (t) => ({
    outcome: t.field({ type: TestMailOutcome, resolve: ({ outcome }) => outcome }),
    reply: t.string({
      nullable: true,
      description: 'What the mail server answered, where it refused.',
      resolve: (result) => ('reply' in result ? result.reply : null),
    }),
  }),
});

builder.mutationField('sendTestMail', (t) =>
  t.field({
    type: SendTestMailPayload,
    description:
      'Sends a mail at once, as it would be sent under these settings, and tells what came of it. Nothing is set. For owners in the portal.',
    args: { input: t.arg({ type: SendTestMailInput, required: true }) },
    resolve: async (_, { input }, context) => {
      requireOwner(context);
      const { db, deps, project, acting } = context;
      const changes = settingChanges(input.changes ?? []);
      return sendTestMail(db, { ...deps, project }, { to: input.to, changes }, acting);
    },
  }),
);
