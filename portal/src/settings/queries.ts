import { queryOptions } from '@tanstack/react-query';
import { ask, graphql } from '../api/graphql.ts';
import type { SettingChange, SettingKey, SettingValues } from './setting-values.ts';

const SettingsDocument = graphql(`
  query Settings($keys: [String!]!) {
    settings(keys: $keys) {
      key
      value
    }
  }
`);

const byKey = (settings: readonly SettingChange[]): Record<string, unknown> =>
  Object.fromEntries(settings.map(({ key, value }) => [key, value]));

/** The settings of these keys as they are saved. */
export const settingsQuery = <Key extends SettingKey>(projectID: string, keys: readonly Key[]) =>
  queryOptions({
    queryKey: [projectID, 'settings', ...keys],
    queryFn: async ({ signal }) => {
      const { settings } = await ask(projectID, SettingsDocument, { keys: [...keys] }, signal);
      return byKey(settings) as Pick<SettingValues, Key>;
    },
  });

const SetSettingsDocument = graphql(`
  mutation SetSettings($changes: [SettingChangeInput!]!) {
    setSettings(input: { changes: $changes }) {
      settings {
        key
        value
      }
    }
  }
`);

/** Changes settings, all or none; returns what they are now, as they may be shown. */
export async function setSettings(
  projectID: string,
  changes: readonly SettingChange[],
): Promise<Record<string, unknown>> {
  const { setSettings: done } = await ask(projectID, SetSettingsDocument, { changes: [...changes] });
  return byKey(done.settings);
}

const RenameProjectDocument = graphql(`
  mutation RenameProject($name: String!) {
    renameProject(input: { name: $name }) {
      name
    }
  }
`);

/** Gives the project another name. */
export const renameProject = (projectID: string, name: string): Promise<unknown> =>
  ask(projectID, RenameProjectDocument, { name });
