import { updateUser } from '../../../users/index.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { userIDFrom } from './text.ts';
import { userPayload } from './user-payload.ts';

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  fields: (t) => ({
    userID: t.id({ required: true, description: 'Who is changed.' }),
    standardAttributes: t.field({
      type: 'UserStandardAttributes',
      description: 'All of them: what is left out goes. Null or absent: they stay.',
    }),
    customAttributes: t.field({
      type: 'UserCustomAttributes',
      description: 'All of them. A project defines none yet, so every name is refused.',
    }),
  }),
});

builder.mutationField('updateUser', (t) =>
  t.field({
    type: userPayload('UpdateUserPayload'),
    description: "Puts other attributes in the place of a user's.",
    args: { input: t.arg({ type: UpdateUserInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting, loaders }) => {
      const userID = userIDFrom(input.userID);
      const update = {
        userID,
        standardAttributes: input.standardAttributes ?? undefined,
        customAttributes: input.customAttributes ?? undefined,
      };
      await updateUser(db, { ...deps, project }, update, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
);
