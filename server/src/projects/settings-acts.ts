import { isDeepStrictEqual } from 'node:util';
import { type Acting, recordAudit } from '../audit/index.ts';
import { changeProject } from './change.ts';
import type { ProjectsDeps } from './deps.ts';
import type { Project } from './model.ts';
import { openSetting, redactSetting, sealSetting } from './secret-settings.ts';
import { checkSettings, type SettingChange } from './settings/check.ts';
import { buildSettings, SECRET_SETTINGS, SETTING_SCHEMAS, type Settings } from './settings/index.ts';
import { settingsStore } from './settings-store.ts';

/** A setting as people may see it. */
export interface Setting {
  /** Dotted, such as `passwords.min_length`. */
  key: string;
  /** As JSON has it; of a secret, what may be shown. */
  value: unknown;
  defaultValue: unknown;
  /** Whether nothing is set, so that it follows the default. */
  isDefault: boolean;
  description: string;
  isSecret: boolean;
}

/** Reads all settings of a project, secrets opened: for the server's own use. */
export const readSettings = (deps: ProjectsDeps, project: Project): Promise<Settings> =>
  settingsWith(deps, project, []);

/**
 * What the settings would be under these changes; nothing is written.
 * @throws Invalid `UnknownSetting`, `InvalidSetting`
 */
export async function settingsWith(
  { database, secrets }: ProjectsDeps,
  project: Project,
  changes: readonly SettingChange[],
): Promise<Settings> {
  const checked = checkSettings(changes);
  const stored = await settingsStore(database.forProject(project.id)).all();
  for (const { key } of checked) stored.delete(key);
  const kept = [...stored].map(([key, value]): [string, unknown] => [
    key,
    openSetting(secrets, project.id, key, value),
  ]);
  return buildSettings(
    new Map([...kept, ...checked.map(({ key, value }): [string, unknown] => [key, value])]),
  );
}

/** All settings as people may see them: secrets redacted. */
export async function listSettings(
  { database, secrets }: ProjectsDeps,
  project: Project,
): Promise<Setting[]> {
  const stored = await settingsStore(database.forProject(project.id)).all();
  return [...SETTING_SCHEMAS].map(([key, schema]) => ({
    key,
    value: redactSetting(key, schema.parse(openSetting(secrets, project.id, key, stored.get(key)))),
    defaultValue: schema.parse(undefined),
    isDefault: !stored.has(key),
    description: schema.description ?? '',
    isSecret: SECRET_SETTINGS.has(key),
  }));
}

/**
 * Changes settings, all or none: the values, an audit entry for each that differs, and the project's new revision
 * in one transaction.
 *
 * @throws Invalid `UnknownSetting`; `InvalidSetting`, naming every setting that is wrong
 */
export async function setSettings(
  deps: ProjectsDeps,
  project: Pick<Project, 'id'>,
  changes: readonly SettingChange[],
  acting: Acting,
): Promise<void> {
  const { clock, secrets } = deps;
  const checked = checkSettings(changes);
  await changeProject(deps, project, async (tx) => {
    const store = settingsStore(tx);
    const stored = await store.all();
    for (const { key, value } of checked) {
      const before = openSetting(secrets, project.id, key, stored.get(key));
      if (isDeepStrictEqual(before, value)) continue;
      if (value === undefined) await store.remove(key);
      else await store.put(key, sealSetting(secrets, project.id, key, value), clock.now());
      const now = value === undefined ? SETTING_SCHEMAS.get(key)?.parse(undefined) : value;
      await recordAudit(tx, clock, {
        activityType: 'SETTING_CHANGED',
        acting,
        data: { key, from: redactSetting(key, before) ?? null, to: redactSetting(key, now) },
      });
    }
  });
}
