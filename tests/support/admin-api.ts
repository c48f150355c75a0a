import { importPKCS8, type JWTPayload, SignJWT } from 'jose';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Acting, Origin } from '../../server/src/audit/index.ts';
import { type AdminApi, createAdminApi, type Operator } from '../../server/src/faces/admin-api/index.ts';
import { createHasher, type Hasher } from '../../server/src/passwords/index.ts';
import { type ManualClock, manualClock } from '../../server/src/platform/clock.ts';
import type { ProjectDb } from '../../server/src/platform/database/index.ts';
import { globalID } from '../../server/src/platform/ids.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { createRateLimits, type RateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { createSecrets, type Secrets } from '../../server/src/platform/secrets.ts';
import { createProjects, type Project, type Projects } from '../../server/src/projects/index.ts';
import { insertUser, normalizeLoginID } from '../../server/src/users/index.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** Who sets the scene of a test. */
export const scene: Acting = { actor: { type: 'command_line' }, origin: {} };
const origin: Origin = { ipAddress: '192.0.2.7', userAgent: 'test/1.0' };

/** An answer of the API, read. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  data?: any;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { errorName: string; reason: string; info?: Record<string, unknown> };
  }[];
}

/** A key of the Admin API with the project it belongs to. */
export interface Key {
  projectID: string;
  keyID: string;
  privateKeyPEM: string;
}

/** The Admin API on a database of its own, with a home project and another one, `shop`. */
export interface AdminApiBench {
  test: TestDatabase;
  clock: ManualClock;
  secrets: Secrets;
  projects: Projects;
  hasher: Hasher;
  rateLimits: RateLimits;
  api: AdminApi;
  /** What the server logged, one object a line. */
  logged: Record<string, unknown>[];
  db(projectID: string): ProjectDb;
  project(projectID: string): Promise<Project>;
  key(projectID: string): Promise<Key>;
  /** Asks with a good token of the project's key. */
  ask(projectID: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks as an operator who is signed in to the portal. */
  askAs(
    operator: Operator,
    projectID: string,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer>;
  /** Sends any request to the door for keys. */
  send(projectID: string, request: Request): Promise<Answer>;
  /** Makes a user with these e-mail addresses and without a password; returns the UUID. */
  addUser(projectID: string, ...emails: string[]): Promise<string>;
  /** Makes a user of home who works on a project. */
  addOperator(email: string, projectID: string, role: Operator['role']): Promise<Operator>;
  /** Everything that stands in the projects' tables and the job queue, to see that nothing has changed. */
  everything(): Promise<string>;
  stop(): Promise<void>;
}

/** The global id of a user. */
export const userGlobalID = (id: string): string => globalID('User', id);

/** Signs a token with a key, five minutes long from now. */
export async function signToken(key: Key, clock: ManualClock, claims: JWTPayload = {}): Promise<string> {
  const iat = Math.floor(clock.now().getTime() / 1_000);
  return new SignJWT({ aud: key.projectID, iat, exp: iat + 300, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.keyID })
    .sign(await importPKCS8(key.privateKeyPEM, 'RS256'));
}

/** A request as a client of the API sends it. */
export const apiRequest = (body: unknown, token?: string): Request =>
  new Request('http://localhost/_api/admin/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function read(response: Response): Promise<Answer> {
  const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, ...body };
}

/** How a request is refused: the kind, the reason, and a part of the message. */
export type Refusal = [errorName: string, reason: string, message?: string | RegExp];

/** Sees that the answer is this one error, and no data beside it. */
export function expectError(answer: Answer, [errorName, reason, message]: Refusal): void {
  expect(answer.errors).toHaveLength(1);
  const [error] = answer.errors ?? [];
  expect(error?.extensions).toMatchObject({ errorName, reason });
  if (message !== undefined) expect(error?.message).toMatch(message);
  expect(answer.data ?? null).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

/** Tables whose rows an act can change; a key's last use is no change. */
const QUIET_TABLES = new Set(['instance.admin_keys', 'public.admin_keys']);

async function dump({ database }: TestDatabase): Promise<string> {
  const tables = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema in ('public', 'instance') and table_type = 'BASE TABLE'
    union all select 'graphile_worker._private_jobs' where to_regclass('graphile_worker._private_jobs') is not null
    order by 1`.execute(database.acrossProjects);
  const contents: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    if (QUIET_TABLES.has(name)) continue;
    const rows = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(database.acrossProjects);
    contents[name] = rows.rows.map(({ row }) => row);
  }
  return JSON.stringify(contents, undefined, 1);
}

/** Sets the scene. */
export async function adminApiBench(): Promise<AdminApiBench> {
  const test = await testDatabase();
  const clock = manualClock();
  const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');
  const { database } = test;
  const projects = createProjects({ database, clock, secrets, config: { port: 4000 } });
  await projects.ensureHome();
  await projects.create({ name: 'Shop', id: 'shop' }, scene);
  const logged: Record<string, unknown>[] = [];
  const log = createLog({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line)) });
  const hasher = createHasher();
  const config = { production: false, smtpURL: undefined };
  const rateLimits = createRateLimits({ clock, secrets });
  const api = createAdminApi({ config, database, clock, secrets, log, hasher, projects, rateLimits });
  const keys = new Map<string, Key>();
  const project = (id: string) => projects.get(id);

  async function key(projectID: string): Promise<Key> {
    const known = keys.get(projectID);
    if (known) return known;
    const made = await projects.adminKeys(await project(projectID)).create(scene);
    const fresh = { projectID, ...made };
    keys.set(projectID, fresh);
    return fresh;
  }

  const send: AdminApiBench['send'] = async (projectID, request) =>
    read(await api.handleWithKey(request, await project(projectID), origin));

  const bench: AdminApiBench = {
    test,
    clock,
    secrets,
    projects,
    hasher,
    rateLimits,
    api,
    logged,
    db: (projectID) => database.forProject(projectID),
    project,
    key,
    send,
    async ask(projectID, query, variables) {
      const token = await signToken(await key(projectID), clock);
      return send(projectID, apiRequest({ query, variables }, token));
    },
    async askAs(operator, projectID, query, variables) {
      const request = apiRequest({ query, variables });
      return read(await api.handleAsOperator(request, await project(projectID), operator, origin));
    },
    async addUser(projectID, ...emails) {
      clock.advance(1_000);
      const loginIDs = emails.map((email) => normalizeLoginID('email', email));
      const user = await database
        .forProject(projectID)
        .transaction((tx) => insertUser(tx, { clock }, { loginIDs }, scene));
      return user.id;
    },
    async addOperator(email, projectID, role) {
      const userID = await bench.addUser('home', email);
      await projects.collaborators.add({ projectID, userID, role }, scene);
      return { userID, role, passwordProvedAt: clock.now() };
    },
    everything: () => dump(test),
    stop: () => test.stop(),
  };
  return bench;
}
