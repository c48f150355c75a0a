import { sendResetPasswordMessage } from '../../../recovery/index.ts';
import { builder } from './builder.ts';

const SendResetPasswordMessageInput = builder.inputType('SendResetPasswordMessageInput', {
  fields: (t) => ({
    loginID: t.id({ required: true, description: 'Whose password it is about: any login id of the user.' }),
  }),
});

builder.mutationField('sendResetPasswordMessage', (t) =>
  t.boolean({
    nullable: true,
    description:
      "Mails a link that sets a new password to a login id's owner; null when it is done, as with Authgear.",
    args: { input: t.arg({ type: SendResetPasswordMessageInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting }) => {
      await sendResetPasswordMessage(db, { ...deps, project }, { loginID: input.loginID }, acting);
      return null;
    },
  }),
);
