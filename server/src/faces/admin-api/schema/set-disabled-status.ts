import { setDisabledStatus } from '../../../accounts/index.ts';
import { requireProofToActOn } from '../authorize.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { searchable, userIDFrom } from './text.ts';
import { userPayload } from './user-payload.ts';

const SetDisabledStatusInput = builder.inputType('SetDisabledStatusInput', {
  fields: (t) => ({
    userID: t.id({ required: true, description: 'Whose account it is about.' }),
    isDisabled: t.boolean({ required: true, description: 'Whether nobody may sign in to it any more.' }),
    reason: t.string({ description: 'For the user to read at the login.' }),
    temporarilyDisabledFrom: t.field({
      type: 'DateTime',
      description: 'From when on; given together with the end, or not at all: at once, and for good.',
    }),
    temporarilyDisabledUntil: t.field({ type: 'DateTime', description: 'Until when.' }),
  }),
});

builder.mutationField('setDisabledStatus', (t) =>
  t.field({
    type: userPayload('SetDisabledStatusPayload'),
    description: 'Disables an account, for good or for a time, or enables it again.',
    args: { input: t.arg({ type: SetDisabledStatusInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { db, deps, project, acting, loaders } = context;
      const userID = userIDFrom(input.userID);
      await requireProofToActOn(context, userID);
      const request = {
        userID,
        isDisabled: input.isDisabled,
        reason: searchable('reason', input.reason ?? '') || null,
        temporarilyDisabledFrom: input.temporarilyDisabledFrom ?? null,
        temporarilyDisabledUntil: input.temporarilyDisabledUntil ?? null,
      };
      await setDisabledStatus(db, { ...deps, project }, request, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
);
