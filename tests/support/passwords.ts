import { createHash } from 'node:crypto';
import pg from 'pg';
import { type Acting, auditStore, ensureAuditPartitions, recordBlock } from '../../server/src/audit/index.ts';
import {
  type AttemptDeps,
  createHasher,
  createUser,
  type Hasher,
  type NewUser,
  type OperatorDeps,
} from '../../server/src/passwords/index.ts';
import { type ManualClock, manualClock } from '../../server/src/platform/clock.ts';
import type { Database, ProjectDb } from '../../server/src/platform/database/index.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { createSecrets, type Secrets } from '../../server/src/platform/secrets.ts';
import { createProjects, type PasswordSettings, type Projects } from '../../server/src/projects/index.ts';
import { testDatabase } from './database.ts';

/** The command line, which may do everything. */
export const COMMAND_LINE: Acting = { actor: { type: 'command_line' }, origin: {} };
export const API_KEY: Acting = { actor: { type: 'admin_api', keyID: 'key-1' }, origin: {} };
export const operator = (userID: string): Acting => ({ actor: { type: 'operator', userID }, origin: {} });

/** A policy that asks for nothing. */
export const EASY: PasswordSettings = {
  min_length: 1,
  uppercase_required: false,
  lowercase_required: false,
  alphabet_required: false,
  digit_required: false,
  symbol_required: false,
  minimum_guessable_level: 0,
  excluded_keywords: [],
  history_size: 0,
  history_days: 0,
  force_change: false,
  expiry_days: 0,
  typing_by_operators: true,
};

/** Everything the acts on passwords need, over a database of the test's own. */
export interface TestAccounts {
  database: Database;
  url: string;
  clock: ManualClock;
  secrets: Secrets;
  projects: Projects;
  hasher: Hasher;
  /** The home project's handle. */
  home: ProjectDb;
  /** For the home project, with its settings as they are at this moment. */
  deps(projectID?: string): Promise<OperatorDeps & AttemptDeps>;
  set(key: string, value: unknown): Promise<void>;
  /** Makes a user of home; by default alice@example.com, without a password. */
  user(input?: Partial<NewUser>): Promise<string>;
  /** The types of the audit entries about a user, the oldest first. */
  trail(userID: string): Promise<string[]>;
  /** A digest of each table's rows, by the table's name. */
  snapshot(): Promise<Record<string, string>>;
  /** The tables in which this text stands, in whichever column. */
  tablesWith(text: string): Promise<string[]>;
  stop(): Promise<void>;
}

export async function testAccounts(hasher: Hasher = createHasher()): Promise<TestAccounts> {
  const { database, url, stop } = await testDatabase();
  const clock = manualClock();
  const secrets = createSecrets('a secret that only the tests of passwords know, 32 bytes');
  const projects = createProjects({ database, clock, secrets, config: { port: 4000 } });
  await ensureAuditPartitions(database, clock);
  await projects.ensureHome();
  const home = database.forProject('home');
  const rateLimits = createRateLimits({
    clock,
    secrets,
    onBlock: (db, block) => recordBlock(db, clock, block),
  });
  const deps = async (projectID = 'home'): Promise<OperatorDeps & AttemptDeps> => ({
    clock,
    hasher,
    rateLimits,
    secrets,
    projects,
    project: await projects.get(projectID),
  });

  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rows = async (): Promise<Map<string, string[]>> => {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
       order by 1`,
    );
    const found = new Map<string, string[]>();
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      found.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return found;
  };

  return {
    database,
    url,
    clock,
    secrets,
    projects,
    hasher,
    home,
    deps,
    set: async (key, value) => projects.setSetting(await projects.get('home'), key, value, COMMAND_LINE),
    user: async (input = {}) => {
      const loginIDs = [{ type: 'email' as const, value: 'alice@example.com' }];
      const user = { loginIDs, sendPassword: false, setPasswordExpired: false, ...input };
      return (await createUser(home, await deps(), user, COMMAND_LINE)).userID;
    },
    trail: async (userID) => {
      const filter = { userIDs: [userID] };
      const page = await auditStore(home).page(filter, { limit: 1000, sortDirection: 'ASC' });
      return page.items.map((entry) => entry.activityType);
    },
    snapshot: async () =>
      Object.fromEntries(
        [...(await rows())].map(([name, texts]) => [
          name,
          `${texts.length} rows, ${createHash('sha256').update(texts.join('\n')).digest('hex')}`,
        ]),
      ),
    tablesWith: async (text) =>
      [...(await rows())]
        .filter(([, texts]) => texts.some((row) => row.includes(text)))
        .map(([name]) => name),
    async stop() {
      await client.end();
      await stop();
    },
  };
}
