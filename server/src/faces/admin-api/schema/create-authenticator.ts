import { authenticatorStore, createAuthenticator } from '../../../passwords/index.ts';
import { requireProofToActOn } from '../authorize.ts';
import { badInput, missing } from '../errors.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { AuthenticatorKind, AuthenticatorType } from './enums.ts';
import { AuthenticatorRef } from './refs.ts';
import { userIDFrom } from './text.ts';

const EmailDefinition = builder.inputType('AuthenticatorDefinitionOOBOTPEmail', {
  fields: (t) => ({ email: t.string({ required: true }) }),
});

const SMSDefinition = builder.inputType('AuthenticatorDefinitionOOBOTPSMS', {
  fields: (t) => ({ phone: t.string({ required: true }) }),
});

const PasswordDefinition = builder.inputType('AuthenticatorDefinitionPassword', {
  fields: (t) => ({ password: t.string({ required: true, description: 'The password of the user.' }) }),
});

const AuthenticatorDefinition = builder.inputType('AuthenticatorDefinition', {
  description: 'What to make: a primary password. Other kinds are not offered yet.',
  fields: (t) => ({
    kind: t.field({ type: AuthenticatorKind, required: true }),
    type: t.field({ type: AuthenticatorType, required: true }),
    password: t.field({ type: PasswordDefinition, description: 'Must be given for the type PASSWORD.' }),
    oobOtpEmail: t.field({ type: EmailDefinition }),
    oobOtpSMS: t.field({ type: SMSDefinition }),
  }),
});

/**
 * The password in a definition.
 * @throws Invalid `InvalidAuthenticatorDefinition` for anything but a primary password
 */
function passwordIn(definition: typeof AuthenticatorDefinition.$inferInput): string {
  if (definition.type !== 'password') {
    throw badInput(
      'InvalidAuthenticatorDefinition',
      'unsupported authenticator type: "definition.type" must be PASSWORD',
    );
  }
  if (definition.kind !== 'primary') {
    throw badInput('InvalidAuthenticatorDefinition', '"definition.kind" of a password must be PRIMARY');
  }
  if (!definition.password) {
    throw badInput('InvalidAuthenticatorDefinition', 'definition/password is required');
  }
  return definition.password.password;
}

const CreateAuthenticatorInput = builder.inputType('CreateAuthenticatorInput', {
  fields: (t) => ({
    userID: t.id({ required: true, description: 'Who is to have it.' }),
    definition: t.field({ type: AuthenticatorDefinition, required: true }),
  }),
});

const CreateAuthenticatorPayload = builder
  .objectRef<{ authenticatorID: string }>('CreateAuthenticatorPayload')
  .implement({
    fields: (t) => ({
      authenticator: t.field({
        type: AuthenticatorRef,
        resolve: async ({ authenticatorID }, _, { db }) => {
          const found = await authenticatorStore(db).find(authenticatorID);
          if (!found) throw missing('AuthenticatorNotFound', 'authenticator not found');
          return found;
        },
      }),
    }),
  });

builder.mutationField('createAuthenticator', (t) =>
  t.field({
    type: CreateAuthenticatorPayload,
    description: 'Gives a user who has no password one.',
    args: { input: t.arg({ type: CreateAuthenticatorInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { db, deps, project, acting, loaders } = context;
      const userID = userIDFrom(input.userID);
      const password = passwordIn(input.definition);
      await requireProofToActOn(context, userID);
      const made = await createAuthenticator(db, { ...deps, project }, { userID, password }, acting);
      forgetUser(loaders, userID);
      return made;
    },
  }),
);
