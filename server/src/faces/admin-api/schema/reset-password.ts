import { resetPassword } from '../../../passwords/index.ts';
import { requireProofToActOn } from '../authorize.ts';
import { forgetUser, loadUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { UserRef } from './refs.ts';
import { userIDFrom } from './text.ts';

const ResetPasswordInput = builder.inputType('ResetPasswordInput', {
  fields: (t) => ({
    userID: t.id({ required: true, description: 'Whose password is reset.' }),
    password: t.string({ description: 'The new password; null or "" has one generated.' }),
    sendPassword: t.boolean({ description: "Mails the password to each of the user's e-mail addresses." }),
    setPasswordExpired: t.boolean({ description: 'The next login has to choose another password.' }),
    revokeSessions: t.boolean({
      description: 'Signs the user out everywhere; true unless told. An addition of Latchkey.',
    }),
  }),
});

/** What became of a reset: the user, and the mails that were written. */
export const ResetPasswordPayload = builder
  .objectRef<{ userID: string; messageIDs: string[] }>('ResetPasswordPayload')
  .implement({
    fields: (t) => ({
      user: t.field({ type: UserRef, resolve: ({ userID }, _, { loaders }) => loadUser(loaders, userID) }),
    }),
  });

builder.mutationField('resetPassword', (t) =>
  t.field({
    type: ResetPasswordPayload,
    description: 'Gives a user another password, typed or generated.',
    args: { input: t.arg({ type: ResetPasswordInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { db, deps, project, acting, loaders } = context;
      const userID = userIDFrom(input.userID);
      await requireProofToActOn(context, userID);
      const { messageIDs } = await resetPassword(
        db,
        { ...deps, project },
        {
          userID,
          password: input.password || undefined,
          sendPassword: input.sendPassword ?? false,
          setPasswordExpired: input.setPasswordExpired ?? false,
          revokeSessions: input.revokeSessions ?? true,
        },
        acting,
      );
      forgetUser(loaders, userID);
      return { userID, messageIDs };
    },
  }),
);
