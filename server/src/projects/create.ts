import { randomBytes } from 'node:crypto';
import { type Acting, recordAudit } from '../audit/index.ts';
import { isLoopback } from '../platform/config.ts';
import type { ProjectsDeps } from './deps.ts';
import { invalidProject, projectConflict } from './errors.ts';
import { giveRole } from './give-role.ts';
import { type HostConfig, hostCandidates, isHomeHost, toProject } from './hosts.ts';
import { HOME, isProjectID } from './model.ts';
import { checkProjectName } from './project-name.ts';
import { projectStore } from './store.ts';

/** Short enough to type, and with a random end: names repeat. */
function idFromName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  return `${slug || 'project'}-${randomBytes(3).toString('hex')}`;
}

function checkOrigin(text: string): string {
  const url = URL.parse(text);
  const isOrigin =
    url !== null && /^https?:$/.test(url.protocol) && (text === url.origin || text === url.href);
  if (!isOrigin || url.href !== `${url.origin}/`) {
    throw invalidProject(
      'InvalidProject',
      `"${text.slice(0, 200)}" is no origin: give scheme and host, such as https://login.example.com`,
      { field: 'origin' },
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalidProject('InvalidProject', `passwords would travel unencrypted: give https://${url.host}`, {
      field: 'origin',
    });
  }
  return url.origin;
}

/** Whether a project answers under the host of this origin already; a `Host` header tells no scheme. */
async function isTaken(
  config: HostConfig,
  store: ReturnType<typeof projectStore>,
  origin: string,
): Promise<boolean> {
  const candidates = hostCandidates(config, new URL(origin).host);
  return (
    candidates !== undefined && (await store.findByOrigin(candidates.origins, candidates.id)) !== undefined
  );
}

export interface NewProject {
  name: string;
  /** Made from the name unless given: lower-case letters, digits and hyphens. */
  id?: string;
  /** `https://…`; without one the project answers on `http://<id>.localhost:PORT`. */
  origin?: string;
  /** A user of the home project who owns it from the start. */
  ownerID?: string;
}

/**
 * Makes a project.
 * @returns its id
 * @throws Invalid `InvalidProject`; AlreadyExists `ProjectExists`, `ProjectOriginTaken`
 */
export async function createProject(deps: ProjectsDeps, input: NewProject, acting: Acting): Promise<string> {
  const { database, clock, config } = deps;
  const { ownerID } = input;
  const name = checkProjectName(input.name);
  const id = input.id ?? idFromName(name);
  if (!isProjectID(id)) {
    throw invalidProject(
      'InvalidProject',
      'a project id has 1 to 40 lower-case letters, digits and hyphens, a letter first',
    );
  }
  const origin = input.origin === undefined ? null : checkOrigin(input.origin);
  if (id === HOME) throw projectConflict('ProjectExists', `the project "${HOME}" exists`);
  if (origin !== null && isHomeHost(config, new URL(origin).host)) {
    throw projectConflict('ProjectOriginTaken', `${origin} is where the home project answers`);
  }
  await database.forProject(id).transaction(async (tx) => {
    const store = projectStore(tx.kysely);
    const { origin: where } = toProject(config, { id, name, origin, revision: '0' });
    if ((await isTaken(config, store, where)) || !(await store.insert({ id, name, origin }, clock.now()))) {
      throw (await store.find(id))
        ? projectConflict('ProjectExists', `the project "${id}" exists`)
        : projectConflict('ProjectOriginTaken', `another project answers under the host of ${where}`);
    }
    await recordAudit(tx, clock, { activityType: 'PROJECT_CREATED', acting, data: { name, origin } });
    if (ownerID !== undefined) {
      await giveRole(deps, { projectID: id, userID: ownerID, role: 'owner' }, acting, tx);
    }
  });
  return id;
}
