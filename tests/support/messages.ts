import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { type Acting, type AuditEntry, listAudit } from '../../server/src/audit/index.ts';
import {
  createMessageTasks,
  enqueueMessage,
  type Message,
  type MessageTaskDeps,
  messageStatus,
  type NewMessage,
} from '../../server/src/messages/index.ts';
import { type ManualClock, manualClock } from '../../server/src/platform/clock.ts';
import type { DB, JsonObject, ProjectDb } from '../../server/src/platform/database/index.ts';
import { createLog, type Log } from '../../server/src/platform/log.ts';
import { createSecrets, type Secrets } from '../../server/src/platform/secrets.ts';
import { createProjects, type Projects } from '../../server/src/projects/index.ts';
import { insertProject, insertUserRow, type TestDatabase, testDatabase } from './database.ts';
import { startMailServer, type TestMailServer } from './smtp.ts';

/** The password that travels in the messages of these tests. */
export const PASSWORD = 'Tr0ub4dor&3';
export const DAY_MS = 24 * 60 * 60_000;
export const acting: Acting = { actor: { type: 'command_line' }, origin: {} };

type MailSettings = Partial<MessageTaskDeps['config']>;

interface QueuedJob {
  payload: JsonObject;
  run_at: Date;
}

/** Messages of the project `acme` to a user of its own, on a database and a mail server of the test's own. */
export interface TestMessages {
  db: TestDatabase;
  acme: ProjectDb;
  /** Another project, which must see nothing of all this. */
  other: ProjectDb;
  clock: ManualClock;
  secrets: Secrets;
  projects: Projects;
  log: Log;
  server: TestMailServer;
  userID: string;
  /** All that was logged in this test. */
  logged(): string;
  /** In production with the test's mail server, unless told. */
  deps(config?: MailSettings): MessageTaskDeps;
  /** Enqueues a reset's message; `more` changes it. */
  enqueue(more?: Partial<NewMessage>): Promise<string>;
  /** Runs a message's job as the runner would, and removes it from the queue. */
  deliver(id: string, config?: MailSettings, jobID?: string): Promise<void>;
  sweep(config?: MailSettings): Promise<void>;
  status(id: string): Promise<Message>;
  row(id: string): Promise<Selectable<DB['messages']>>;
  /** What is queued, the oldest first. */
  jobs(): Promise<QueuedJob[]>;
  forgetJobs(): Promise<void>;
  /** The newest first. */
  audited(): Promise<AuditEntry[]>;
  /** Makes everything new but the database; call it before each test. */
  begin(): Promise<void>;
  /** Takes down what `begin` made; call it after each test. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

export async function testMessages(): Promise<TestMessages> {
  const db = await testDatabase();
  await insertProject(db.database, 'acme');
  await insertProject(db.database, 'other');
  const acme = db.database.forProject('acme');
  const secrets = createSecrets('a secret of thirty-two bytes or more');
  const lines: string[] = [];
  const log = createLog({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const clock = manualClock();
  const reset = (): NewMessage => ({
    type: 'password_reset_by_admin',
    userID: world.userID,
    recipient: 'ada@example.com',
    locale: null,
    payload: { loginID: 'ada@example.com', mustChange: true, isFirst: false },
    secret: PASSWORD,
    passwordVersion: 0,
  });

  const world: TestMessages = {
    db,
    acme,
    other: db.database.forProject('other'),
    clock,
    secrets,
    projects: createProjects({ database: db.database, clock, secrets, config: { port: 4000 } }),
    log,
    server: await startMailServer(),
    userID: '',
    logged: () => lines.join(''),
    deps: (config = {}) => ({
      database: db.database,
      clock,
      log,
      secrets,
      projects: world.projects,
      config: { smtpURL: world.server.url, production: true, ...config },
    }),
    enqueue: (more) =>
      acme.transaction((tx) => enqueueMessage(tx, { clock, secrets }, { ...reset(), ...more } as NewMessage)),
    async deliver(id, config, jobID = randomUUID()) {
      await world.forgetJobs();
      const task = createMessageTasks(world.deps(config)).deliver_message;
      await task?.({ projectID: 'acme', messageID: id }, { id: jobID });
    },
    async sweep(config) {
      await createMessageTasks(world.deps(config)).sweep_messages?.({}, { id: 'sweep' });
    },
    async status(id) {
      const message = await messageStatus(acme, clock, id);
      if (!message) throw new Error('no such message');
      return message;
    },
    row: (id) =>
      db.database.acrossProjects
        .selectFrom('messages')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    async jobs() {
      const { rows } = await sql<QueuedJob>`
        select payload, run_at from graphile_worker._private_jobs order by id`.execute(db.database.kysely);
      return rows;
    },
    async forgetJobs() {
      await sql`delete from graphile_worker._private_jobs`.execute(db.database.kysely);
    },
    audited: async () => (await listAudit(acme, {}, { limit: 50 })).items,
    async begin() {
      await world.server.stop();
      world.server = await startMailServer();
      world.userID = await insertUserRow(db.database, 'acme');
    },
    async end() {
      await world.forgetJobs();
      await sql`truncate messages, mailbox, audit_log, settings`.execute(db.database.acrossProjects);
      await sql`update instance.projects set revision = revision + 1`.execute(db.database.kysely);
      lines.length = 0;
    },
    async stop() {
      await world.server.stop();
      await db.stop();
    },
  };
  return world;
}
