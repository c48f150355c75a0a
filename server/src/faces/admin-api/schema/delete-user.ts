import { deleteUser } from '../../../accounts/index.ts';
import { requireProofToActOn } from '../authorize.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { searchable, userIDFrom } from './text.ts';

const DeleteUserInput = builder.inputType('DeleteUserInput', {
  fields: (t) => ({
    userID: t.id({ required: true, description: 'Who is deleted.' }),
    reason: t.string({ description: 'Why, for the audit log.' }),
  }),
});

const DeleteUserPayload = builder.objectRef<{ deletedUserID: string }>('DeleteUserPayload').implement({
  fields: (t) => ({ deletedUserID: t.id({ resolve: ({ deletedUserID }) => deletedUserID }) }),
});

builder.mutationField('deleteUser', (t) =>
  t.field({
    type: DeleteUserPayload,
    description: 'Deletes a user with all that is theirs, for good.',
    args: { input: t.arg({ type: DeleteUserInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { db, deps, project, acting, loaders } = context;
      const userID = userIDFrom(input.userID);
      const reason = searchable('reason', input.reason ?? '') || null;
      await requireProofToActOn(context, userID);
      await deleteUser(db, { ...deps, project }, { userID, reason }, acting);
      forgetUser(loaders, userID);
      return { deletedUserID: input.userID };
    },
  }),
);
