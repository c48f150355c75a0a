import { resetLockout } from '../../../passwords/index.ts';
import { forgetUser, loadUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { UserRef } from './refs.ts';
import { userIDFrom } from './text.ts';

const ResetAccountLockoutInput = builder.inputType('ResetAccountLockoutInput', {
  fields: (t) => ({ userID: t.id({ required: true, description: 'Whose account is to be unlocked.' }) }),
});

const ResetAccountLockoutPayload = builder
  .objectRef<{ userID: string }>('ResetAccountLockoutPayload')
  .implement({
    fields: (t) => ({
      user: t.field({ type: UserRef, resolve: ({ userID }, _, { loaders }) => loadUser(loaders, userID) }),
    }),
  });

builder.mutationField('resetAccountLockout', (t) =>
  t.field({
    type: ResetAccountLockoutPayload,
    description: 'Unlocks an account that too many wrong passwords have locked, from wherever they came.',
    args: { input: t.arg({ type: ResetAccountLockoutInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting, loaders }) => {
      const userID = userIDFrom(input.userID);
      await resetLockout(db, { ...deps, project }, { userID }, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
);
