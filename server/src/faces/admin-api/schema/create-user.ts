import { createUser } from '../../../passwords/index.ts';
import { loadUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { IdentityDefinition, loginIDOf } from './identity-definition.ts';
import { UserRef } from './refs.ts';

const CreateUserInput = builder.inputType('CreateUserInput', {
  fields: (t) => ({
    definition: t.field({ type: IdentityDefinition, required: true }),
    password: t.string({ description: 'Null or absent: the user has none; "": one is generated.' }),
    sendPassword: t.boolean({ description: "Mails the password to the user's e-mail address." }),
    setPasswordExpired: t.boolean({ description: 'The first login has to choose another password.' }),
    accountValidFrom: t.field({ type: 'DateTime', description: 'Until then nobody can sign in to it.' }),
    accountValidUntil: t.field({ type: 'DateTime', description: 'From then on nobody can sign in to it.' }),
  }),
});

/** What became of it: the user, and the mails that were written. */
export const CreateUserPayload = builder
  .objectRef<{ userID: string; messageIDs: string[] }>('CreateUserPayload')
  .implement({
    fields: (t) => ({
      user: t.field({ type: UserRef, resolve: ({ userID }, _, { loaders }) => loadUser(loaders, userID) }),
    }),
  });

builder.mutationField('createUser', (t) =>
  t.field({
    type: CreateUserPayload,
    description: 'Makes a user with one login id, with or without a password.',
    args: { input: t.arg({ type: CreateUserInput, required: true }) },
    resolve: (_, { input }, { db, deps, project, acting }) =>
      createUser(
        db,
        { ...deps, project },
        {
          loginIDs: [loginIDOf(input.definition)],
          password: input.password,
          sendPassword: input.sendPassword ?? false,
          setPasswordExpired: input.setPasswordExpired ?? false,
          accountValidFrom: input.accountValidFrom ?? undefined,
          accountValidUntil: input.accountValidUntil ?? undefined,
        },
        acting,
      ),
  }),
);
