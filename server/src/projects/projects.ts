import type { Acting, Actor } from '../audit/index.ts';
import { type AdminKeyCache, type AdminKeys, adminKeysOf } from './admin-keys.ts';
import { adminKeysStore } from './admin-keys-store.ts';
import { type Collaborators, createCollaborators } from './collaborators.ts';
import { createProject, type NewProject } from './create.ts';
import type { ProjectsDeps } from './deps.ts';
import { projectNotFound } from './errors.ts';
import { createFirstRun, type FirstRun } from './first-run.ts';
import { hostCandidates, isHomeHost, toProject } from './hosts.ts';
import { mayActOn } from './may-act-on.ts';
import { HOME, type Project } from './model.ts';
import { renameProject } from './rename.ts';
import { revisionCache } from './revision-cache.ts';
import type { SettingChange } from './settings/check.ts';
import type { Settings } from './settings/index.ts';
import { listSettings, readSettings, type Setting, setSettings, settingsWith } from './settings-acts.ts';
import { loadSigningKeys, type SigningKeys, signingKeysOf } from './signing-keys.ts';
import { type ProjectRow, projectStore } from './store.ts';

/** The projects of this installation, with what each keeps for itself. */
export interface Projects {
  /** The project that answers under a `Host` header, port included; reads the revision anew. */
  byHost(host: string): Promise<Project | undefined>;
  find(id: string): Promise<Project | undefined>;
  /** @throws NotFound `ProjectNotFound` */
  get(id: string): Promise<Project>;
  list(): Promise<Project[]>;
  /** @throws Invalid `InvalidProject`; AlreadyExists `ProjectExists`, `ProjectOriginTaken` */
  create(input: NewProject, acting: Acting): Promise<Project>;
  /** @throws Invalid `InvalidProject` */
  rename(project: Project, name: string, acting: Acting): Promise<Project>;
  /** The home project, made where it does not exist yet. */
  ensureHome(): Promise<Project>;

  /** Cached under the project's revision. */
  settings(project: Project): Promise<Settings>;
  /** With what each is for, secrets redacted: for people. */
  listSettings(project: Project): Promise<Setting[]>;
  /** By dotted name, secrets redacted: for people. */
  describeSettings(project: Project): Promise<Record<string, unknown>>;
  /**
   * What the settings would be under these changes, secrets opened; nothing is written.
   * @throws as `setSettings`
   */
  settingsWith(project: Project, changes: readonly SettingChange[]): Promise<Settings>;
  /** All or none. @throws Invalid `UnknownSetting`, `InvalidSetting` */
  setSettings(project: Project, changes: readonly SettingChange[], acting: Acting): Promise<void>;
  /** One of them. @throws as `setSettings` */
  setSetting(project: Project, key: string, value: unknown, acting: Acting): Promise<void>;

  adminKeys(project: Project): AdminKeys;
  signingKeys(project: Project): SigningKeys;
  collaborators: Collaborators;
  firstRun: FirstRun;
  /** @throws Forbidden `MayNotActOnCollaborator` */
  mayActOn(actor: Actor, project: Pick<Project, 'id'>, userID: string): Promise<void>;
}

const HOME_NAME = 'Latchkey';

/** Puts the projects together. Nothing is read before the first call. */
export function createProjects(deps: ProjectsDeps): Projects {
  const { database, clock, config } = deps;
  const store = projectStore(database.kysely);
  const settings = revisionCache((project) => readSettings(deps, project));
  const adminKeys: AdminKeyCache = revisionCache(async (project) => {
    const keys = await adminKeysStore(database.forProject(project.id)).list();
    return new Map(keys.map((key) => [key.id, key]));
  });
  const signingKeys = revisionCache((project) => loadSigningKeys(deps, project));
  const collaborators = createCollaborators(deps);
  const present = (row: ProjectRow | undefined): Project | undefined => row && toProject(config, row);
  const find = async (id: string): Promise<Project | undefined> => present(await store.find(id));
  const change: Projects['setSettings'] = async (project, changes, acting) => {
    await setSettings(deps, project, changes, acting);
    settings.forget(project.id);
  };
  const get = async (id: string): Promise<Project> => {
    const project = await find(id);
    if (!project) throw projectNotFound(id);
    return project;
  };

  return {
    find,
    get,
    async byHost(host) {
      if (isHomeHost(config, host)) return find(HOME);
      const candidates = hostCandidates(config, host);
      const row = candidates && (await store.findByOrigin(candidates.origins, candidates.id));
      return row?.id === HOME ? undefined : present(row);
    },
    list: async () => (await store.list()).map((row) => toProject(config, row)),
    create: async (input, acting) => get(await createProject(deps, input, acting)),
    async rename(project, name, acting) {
      await renameProject(deps, project, name, acting);
      return get(project.id);
    },
    async ensureHome() {
      await store.insert({ id: HOME, name: HOME_NAME, origin: null }, clock.now());
      return get(HOME);
    },

    settings: (project) => settings.get(project),
    listSettings: (project) => listSettings(deps, project),
    describeSettings: async (project) =>
      Object.fromEntries((await listSettings(deps, project)).map(({ key, value }) => [key, value])),
    settingsWith: (project, changes) => settingsWith(deps, project, changes),
    setSettings: change,
    setSetting: (project, key, value, acting) => change(project, [{ key, value }], acting),

    adminKeys: (project) => adminKeysOf(deps, adminKeys, project),
    signingKeys: (project) => signingKeysOf(deps, signingKeys, project),
    collaborators,
    firstRun: createFirstRun(deps),
    mayActOn: (actor, project, userID) => mayActOn(collaborators, actor, project, userID),
  };
}
