import { type Setting, settingSchema } from '../../../projects/index.ts';
import { tooMany } from '../errors.ts';
import { builder } from '../schema/builder.ts';

const MOST_KEYS = 100;

export const SettingRef = builder.objectRef<Setting>('Setting').implement({
  description: 'Something that can be set of a project.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its dotted name, such as passwords.min_length.' }),
    value: t.expose('value', {
      type: 'SettingValue',
      nullable: true,
      description: 'What it is now. Of a secret, only what may be shown.',
    }),
    defaultValue: t.expose('defaultValue', { type: 'SettingValue', nullable: true }),
    isDefault: t.exposeBoolean('isDefault', {
      description: 'Whether nothing is set, so that it follows the default.',
    }),
    description: t.exposeString('description'),
    isSecret: t.exposeBoolean('isSecret'),
  }),
});

builder.queryField('settings', (t) =>
  t.field({
    type: [SettingRef],
    description: 'The settings of this project, or those of the keys in their order.',
    args: { keys: t.arg.stringList() },
    resolve: async (_, { keys }, { deps, project }) => {
      if (keys && keys.length > MOST_KEYS) throw tooMany('TooManySettings', 'keys', MOST_KEYS);
      for (const key of keys ?? []) settingSchema(key);
      const settings = await deps.projects.listSettings(project);
      const byKey = new Map(settings.map((setting) => [setting.key, setting]));
      return keys ? keys.flatMap((key) => byKey.get(key) ?? []) : settings;
    },
  }),
);
