import { authenticatorStore, deleteAuthenticator } from '../../../passwords/index.ts';
import { requireProofToActOn } from '../authorize.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { authenticatorIDFrom } from './text.ts';
import { userPayload } from './user-payload.ts';

const DeleteAuthenticatorInput = builder.inputType('DeleteAuthenticatorInput', {
  fields: (t) => ({ authenticatorID: t.id({ required: true, description: 'The authenticator to remove.' }) }),
});

builder.mutationField('deleteAuthenticator', (t) =>
  t.field({
    type: userPayload('DeleteAuthenticatorPayload'),
    description: "Removes a user's password, and signs the user out everywhere.",
    args: { input: t.arg({ type: DeleteAuthenticatorInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { db, deps, project, acting, loaders } = context;
      const authenticatorID = authenticatorIDFrom(input.authenticatorID);
      const found = await authenticatorStore(db).find(authenticatorID);
      if (found) await requireProofToActOn(context, found.userID);
      const { userID } = await deleteAuthenticator(db, { ...deps, project }, { authenticatorID }, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
);
