import { setPasswordExpired } from '../../../passwords/index.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { userIDFrom } from './text.ts';
import { userPayload } from './user-payload.ts';

const SetPasswordExpiredInput = builder.inputType('SetPasswordExpiredInput', {
  fields: (t) => ({
    userID: t.id({ required: true, description: 'Whose password it is about.' }),
    expired: t.boolean({
      required: true,
      description: 'Whether the next login has to choose another password.',
    }),
  }),
});

const SetPasswordExpiredPayload = userPayload('SetPasswordExpiredPayload');

builder.mutationField('setPasswordExpired', (t) =>
  t.field({
    type: SetPasswordExpiredPayload,
    description: 'Asks a user to change the password at the next login, or no longer asks.',
    args: { input: t.arg({ type: SetPasswordExpiredInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting, loaders }) => {
      const userID = userIDFrom(input.userID);
      await setPasswordExpired(db, { ...deps, project }, { userID, expired: input.expired }, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
);
