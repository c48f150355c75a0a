import type { SettingChange } from '../../../projects/index.ts';
import { requireOwner, requireProofToRedirectMail } from '../authorize.ts';
import { badInput, tooMany } from '../errors.ts';
import { builder } from '../schema/builder.ts';
import { SettingRef } from './settings.ts';

const MOST_CHANGES = 100;

/** A change of a setting, as everything takes it that tries or makes one. */
export const SettingChangeInput = builder.inputType('SettingChangeInput', {
  fields: (t) => ({
    key: t.string({ required: true, description: 'Its dotted name, such as passwords.min_length.' }),
    value: t.field({
      type: 'SettingValue',
      description: 'What it is to be. For some settings null is a value.',
    }),
    reset: t.boolean({ description: 'In the place of a value: brings the default back.' }),
  }),
});

type Given = readonly (typeof SettingChangeInput.$inferInput)[];

/**
 * The changes as they are made. Null is a value, so that it takes more than leaving the value out to bring a
 * default back.
 * @throws Invalid `TooManySettings`, `InvalidSettingChange`
 */
export function settingChanges(changes: Given): SettingChange[] {
  if (changes.length > MOST_CHANGES) throw tooMany('TooManySettings', 'changes', MOST_CHANGES);
  return changes.map(({ key, value, reset }) => {
    if ((value !== undefined) === (reset === true)) {
      throw badInput('InvalidSettingChange', `give either "value" or "reset": true for ${key}`, { key });
    }
    return { key, value };
  });
}

const SetSettingsInput = builder.inputType('SetSettingsInput', {
  fields: (t) => ({ changes: t.field({ type: [SettingChangeInput], required: true }) }),
});

const SetSettingsPayload = builder.objectRef<{ keys: string[] }>('SetSettingsPayload').implement({
  fields: (t) => ({
    settings: t.field({
      type: [SettingRef],
      description: 'What was changed, as it is now.',
      resolve: async ({ keys }, _, { deps, project }) =>
        (await deps.projects.listSettings(project)).filter(({ key }) => keys.includes(key)),
    }),
  }),
});

builder.mutationField('setSettings', (t) =>
  t.field({
    type: SetSettingsPayload,
    description: 'Changes settings of this project, all or none; for its owners in the portal.',
    args: { input: t.arg({ type: SetSettingsInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { deps, project, acting } = context;
      requireOwner(context);
      const changes = settingChanges(input.changes);
      if (changes.some(({ key }) => key === 'messages.smtp_url')) requireProofToRedirectMail(context);
      await deps.projects.setSettings(project, changes, acting);
      return { keys: changes.map(({ key }) => key) };
    },
  }),
);
