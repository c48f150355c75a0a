import { type Acting, recordAudit } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import { changeProject } from './change.ts';
import type { ProjectsDeps } from './deps.ts';
import type { Project } from './model.ts';
import { checkSetting } from './settings/check.ts';
import { buildSettings, SECRET_SETTINGS, SETTING_SCHEMAS, type Settings } from './settings/index.ts';
import { settingsStore } from './settings-store.ts';

/** A sealed value opens only as this setting of this project. */
export const settingPurpose = (projectID: string, key: string): string => `setting:${projectID}:${key}`;

const isSealed = (value: unknown): value is { sealed: string } =>
  typeof value === 'object' && value !== null && typeof (value as { sealed?: unknown }).sealed === 'string';

const seal = (secrets: Secrets, projectID: string, key: string, value: unknown): unknown =>
  SECRET_SETTINGS.has(key) && value !== null
    ? { sealed: secrets.seal(settingPurpose(projectID, key), JSON.stringify(value)) }
    : value;

const open = (secrets: Secrets, projectID: string, key: string, stored: unknown): unknown =>
  isSealed(stored)
    ? JSON.parse(secrets.open(settingPurpose(projectID, key), stored.sealed).toString('utf8'))
    : stored;

/** A secret setting as it may be shown: of an address the password and the user are hidden, of anything else all. */
function redacted(key: string, value: unknown): unknown {
  if (!SECRET_SETTINGS.has(key) || value === null || value === undefined) return value;
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null) return '***';
  return `${url.protocol}//${url.username || url.password ? '***@' : ''}${url.host}`;
}

async function readOpened(db: ProjectDb, secrets: Secrets): Promise<Map<string, unknown>> {
  const stored = await settingsStore(db).all();
  return new Map([...stored].map(([key, value]) => [key, open(secrets, db.projectID, key, value)]));
}

/** Reads all settings of a project, secrets opened: for the server's own use. */
export async function readSettings({ database, secrets }: ProjectsDeps, project: Project): Promise<Settings> {
  return buildSettings(await readOpened(database.forProject(project.id), secrets));
}

/** All settings by dotted name as people may see them: secrets redacted. */
export async function describeSettings(
  { database, secrets }: ProjectsDeps,
  project: Project,
): Promise<Record<string, unknown>> {
  const stored = await readOpened(database.forProject(project.id), secrets);
  return Object.fromEntries(
    [...SETTING_SCHEMAS].map(([key, schema]) => [key, redacted(key, schema.parse(stored.get(key)))]),
  );
}

/**
 * Sets one setting: the value, the audit entry and the project's new revision in one transaction.
 *
 * @param key dotted, such as `passwords.min_length`
 * @param value as JSON has it; undefined brings the default back
 * @throws Invalid `UnknownSetting`, `InvalidSetting`
 */
export async function setSetting(
  deps: ProjectsDeps,
  project: Project,
  key: string,
  value: unknown,
  acting: Acting,
): Promise<void> {
  const { clock, secrets } = deps;
  const checked = checkSetting(key, value);
  await changeProject(deps, project, async (tx) => {
    const store = settingsStore(tx);
    const before = open(secrets, project.id, key, await store.find(key));
    if (value === undefined) await store.remove(key);
    else await store.put(key, seal(secrets, project.id, key, checked), clock.now());
    await recordAudit(tx, clock, {
      activityType: 'SETTING_CHANGED',
      acting,
      data: { key, from: redacted(key, before) ?? null, to: redacted(key, checked) },
    });
  });
}
