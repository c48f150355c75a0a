import pg from 'pg';
import { expect } from 'vitest';
import { type AdminClient, adminClient } from './admin-client.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { startServer, type TestServer } from './server.ts';
import { startMailServer, type TestMailServer } from './smtp.ts';
import { type RecordedPostgres, recordPostgres } from './statements.ts';
import { type VisitedPage, type Visitor, visitor } from './visitor.ts';

/** A user as the Admin API made one. */
export interface StageUser {
  /** The global id. */
  id: string;
  /** What the database calls them. */
  uuid: string;
  loginID: string;
  password: string;
}

interface NewStageUser {
  password?: string;
  mustChange?: boolean;
  project?: AdminClient;
}

/** A real server on a database that the test can look into, with a mail server and a key of the home project. */
export interface Stage {
  server: TestServer;
  mail: TestMailServer;
  /** Reaches the server's database beside the server. */
  db: pg.Client;
  /** The address of that database. */
  databaseURL: string;
  admin: AdminClient;
  /** Makes a user; what the login id is, is read off it. */
  addUser(loginID: string, options?: NewStageUser): Promise<StageUser>;
  /** Opens a browser, which is closed at the end. */
  visitor(): Promise<Visitor>;
  /** Signs a user in to their own settings page, in a browser of their own. */
  signedIn(user: StageUser): Promise<Visitor>;
  /** Opens the settings page, which leads to the login page where nobody is signed in. */
  settings(someone: Visitor): Promise<VisitedPage>;
  /**
   * Does the work and sees that it leaves every table as it was, but for what every page that is opened leaves
   * behind, and for the tables named in `but` (with their partitions).
   */
  unchanged<T>(work: () => Promise<T>, options?: { but?: string[] }): Promise<T>;
  /** The tables in which a text stands, in whichever column. */
  tablesWith(text: string): Promise<string[]>;
  /** The statements the server ran while the work went on, but for its chores. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  /**
   * Does the work, stopped before its statement of this number until something else is done, or waits for a lock
   * that the work holds. Returns whether there were that many statements.
   */
  interrupt(number: number, work: () => Promise<unknown>, other: () => Promise<unknown>): Promise<boolean>;
  stop(): Promise<void>;
}

/** What the server seals with. */
export const STAGE_SECRET = 'a-secret-of-at-least-32-bytes-long!!';

/** The password of every user of the stage, unless told. */
export const STAGE_PASSWORD = 'plover hinge 41';

/**
 * They change by themselves: a key's last use, a login page that was opened, what is counted against limits, the
 * server's own chores.
 */
const RESTLESS = [
  'admin_keys',
  'oidc_artifacts',
  'instance.rate_limits',
  'instance.workers',
  'graphile_worker.',
];

/** What stands in the statements of chores that run every few seconds, or every minute. */
const CHORES = [
  '"instance"."workers"',
  'select project_id from mailbox where expires_at',
  'graphile_worker.jobs',
];

/** How a row is read where not all of it counts: a wrong password leaves its count. */
const ROW_OF: Record<string, string> = { authenticators: "(to_jsonb(t) - 'failed_attempts')::text" };

const isOwn = (statement: string): boolean => !CHORES.some((chore) => statement.includes(chore));

const keyOf = (loginID: string): string =>
  loginID.includes('@') ? 'email' : loginID.startsWith('+') ? 'phone' : 'username';

/** Starts all of it. `env` sets the server up, beside its database, secret and mail server. */
export async function startStage(env: Record<string, string> = {}): Promise<Stage> {
  const test: TestDatabase = await testDatabase();
  const recorder: RecordedPostgres = await recordPostgres(test.url);
  const mail = await startMailServer();
  const server = await startServer({
    env: {
      DATABASE_URL: recorder.url,
      DATABASE_DIRECT_URL: test.url,
      LATCHKEY_SECRET: STAGE_SECRET,
      SMTP_URL: mail.url,
      LOG_LEVEL: 'debug',
      ...env,
    },
  });
  const db = new pg.Client({ connectionString: test.url });
  await db.connect();
  const admin = await adminClient(server);
  const visitors: Visitor[] = [];

  async function tables(): Promise<Map<string, string[]>> {
    const { rows: names } = await db.query<{ name: string }>(
      `select case table_schema when 'public' then '' else table_schema || '.' end || table_name as name
       from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const found = new Map<string, string[]>();
    for (const { name } of names) {
      const row = ROW_OF[name] ?? 't::text';
      const { rows } = await db.query<{ row: string }>(`select ${row} as row from ${name} t order by 1`);
      found.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return found;
  }

  /** Waits until every mail that is on its way has arrived. */
  async function settled(): Promise<void> {
    const moving = "select 1 from messages where state in ('queued', 'sending')";
    await expect.poll(async () => (await db.query(moving)).rows, { timeout: 30_000 }).toEqual([]);
  }

  const stage: Stage = {
    server,
    mail,
    db,
    databaseURL: test.url,
    admin,
    async addUser(loginID, { password = STAGE_PASSWORD, mustChange = false, project = admin } = {}) {
      const made = await project.mutate(
        'createUser',
        {
          definition: { loginID: { key: keyOf(loginID), value: loginID } },
          password: password === '' ? null : password,
          setPasswordExpired: mustChange,
        },
        'user { id }',
      );
      const { id } = made.user as { id: string };
      const uuid = Buffer.from(id, 'base64url').toString().slice('User:'.length);
      return { id, uuid, loginID, password };
    },
    async visitor() {
      const someone = await visitor();
      visitors.push(someone);
      return someone;
    },
    async signedIn({ loginID, password }) {
      const someone = await stage.visitor();
      const page = await someone.signIn(await stage.settings(someone), loginID, password);
      if (page.heading !== 'Your account') throw new Error(`not signed in: ${page.heading}`);
      return someone;
    },
    settings: (someone) => someone.open(`${server.origin}/settings`),
    async unchanged(work, { but = [] } = {}) {
      const left = [...RESTLESS, ...but];
      const everything = async () => {
        await settled();
        const all = [...(await tables())];
        return Object.fromEntries(all.filter(([name]) => !left.some((start) => name.startsWith(start))));
      };
      const before = await everything();
      const result = await work();
      expect(await everything()).toEqual(before);
      return result;
    },
    tablesWith: async (text) =>
      [...(await tables())]
        .filter(([, rows]) => rows.some((row) => row.includes(text)))
        .map(([name]) => name),
    statements: async (work) => (await recorder.during(work)).filter(isOwn),
    async interrupt(number, work, other) {
      const waiting = `select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      let doing: Promise<unknown> | undefined;
      const meanwhile = async () => {
        let isDone = false;
        doing = other().finally(() => {
          isDone = true;
        });
        while (!isDone && (await db.query(waiting)).rowCount === 0);
      };
      const wasReached = await recorder.interrupt({ number, counts: isOwn }, work, meanwhile);
      await doing;
      return wasReached;
    },
    async stop() {
      for (const someone of visitors) await someone.leave();
      await db.end();
      await server.remove();
      await recorder.stop();
      await mail.stop();
      await test.stop();
    },
  };
  return stage;
}
