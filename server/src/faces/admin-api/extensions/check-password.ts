import { type Cause, checkPolicy, passwordStrength } from '../../../passwords/index.ts';
import type { ApiContext } from '../context.ts';
import { tooMany } from '../errors.ts';
import { loadUser } from '../loaders.ts';
import { builder } from '../schema/builder.ts';
import { searchable, userIDFrom } from '../schema/text.ts';
import { SettingChangeInput, settingChanges } from './set-settings.ts';

const MOST_LOGIN_IDS = 20;

const PasswordPolicyCause = builder.objectRef<Cause>('PasswordPolicyCause').implement({
  description: 'A rule of the policy that a password breaks.',
  fields: (t) => ({
    name: t.string({ resolve: (cause) => cause.Name }),
    info: t.field({ type: 'PasswordPolicyCauseInfo', nullable: true, resolve: (cause) => cause.Info }),
  }),
});

const CheckPasswordInput = builder.inputType('CheckPasswordInput', {
  fields: (t) => ({
    password: t.string({ required: true }),
    userID: t.id({ description: 'The user whose login ids must not stand in it.' }),
    loginIDs: t.stringList({ description: 'The same for a user who is not there yet.' }),
    changes: t.field({
      type: [SettingChangeInput],
      description: 'Settings that are not saved yet, under which it is checked.',
    }),
  }),
});

const CheckPasswordPayload = builder
  .objectRef<{ causes: Cause[]; level: number }>('CheckPasswordPayload')
  .implement({
    fields: (t) => ({
      causes: t.field({ type: [PasswordPolicyCause], resolve: ({ causes }) => causes }),
      level: t.exposeInt('level', { description: 'The strength, 1 to 5.' }),
    }),
  });

/** The login ids that must not stand in the password. */
async function loginIDsOf(
  { loaders }: ApiContext,
  { userID: globalID, loginIDs }: typeof CheckPasswordInput.$inferInput,
): Promise<string[]> {
  const given = (loginIDs ?? []).map((loginID) => searchable('loginIDs', loginID));
  if (given.length > MOST_LOGIN_IDS) throw tooMany('TooManyLoginIDs', 'loginIDs', MOST_LOGIN_IDS);
  if (globalID == null) return given;
  const user = await loadUser(loaders, userIDFrom(globalID));
  const identities = await loaders.identities.load(user.id);
  return [...given, ...identities.flatMap(({ original, normalized }) => [original, normalized])];
}

builder.queryField('checkPassword', (t) =>
  t.field({
    type: CheckPasswordPayload,
    description: 'What the policy says of a password, without its history. Nothing is written.',
    args: { input: t.arg({ type: CheckPasswordInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { deps, project } = context;
      const hints = { loginIDs: await loginIDsOf(context, input), projectName: project.name };
      const { passwords } = input.changes?.length
        ? await deps.projects.settingsWith(project, settingChanges(input.changes))
        : await deps.projects.settings(project);
      return {
        causes: await checkPolicy(passwords, input.password, hints),
        level: await passwordStrength(input.password, hints),
      };
    },
  }),
);
