import { sql } from 'kysely';
import {
  type Attempt,
  type AttemptRequest,
  type BoundTo,
  type CodeDeps,
  type CodePurpose,
  createCodeTasks,
  issueSecret,
  proveCode,
  resendAttempt,
  startAttempt,
} from '../../server/src/codes/index.ts';
import type { JsonObject, ProjectDb } from '../../server/src/platform/database/index.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { userStore } from '../../server/src/users/index.ts';
import { type TestAccounts, testAccounts } from './passwords.ts';

export const MINUTE_MS = 60_000;
/** Where the requests of these tests come from. */
export const VISITOR = { ipAddress: '203.0.113.7', userAgent: 'a browser' };

/** Codes and links of the home project, sent by a sender that keeps what it would send. */
export interface TestCodes {
  accounts: TestAccounts;
  db: ProjectDb;
  deps: CodeDeps;
  /** By the attempt's id, the newest last. */
  sent: Map<string, string[]>;
  /** Whom the sender finds behind an address. */
  people: Map<string, string>;
  start(more?: Partial<AttemptRequest>): Promise<Attempt>;
  resend(attempt: Attempt): Promise<Attempt>;
  /** Runs all jobs that wait, as the worker would. */
  work(): Promise<void>;
  jobs(): Promise<JsonObject[]>;
  /** Begins an attempt and has it sent; the newest secret. */
  send(more?: Partial<AttemptRequest>): Promise<{ attempt: Attempt; secret: string }>;
  prove(attempt: { id: string }, code: unknown, purpose?: CodePurpose): Promise<{ token: string }>;
  /** What a secret for this user is bound to at this moment. */
  boundTo(tx: ProjectDb, userID: string): Promise<BoundTo>;
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export async function testCodes(): Promise<TestCodes> {
  const accounts = await testAccounts();
  const { clock, secrets, database, home: db } = accounts;
  const deps: CodeDeps = { clock, secrets, rateLimits: createRateLimits({ clock, secrets }) };
  const sent = new Map<string, string[]>();
  const people = new Map<string, string>();

  const boundTo = async (tx: ProjectDb, userID: string): Promise<BoundTo> => {
    const user = await userStore(tx).lock(userID);
    const [identity] = await userStore(tx).identitiesOf(userID);
    return {
      userID,
      identityID: identity?.id,
      passwordVersion: user?.passwordVersion,
      sessionEpoch: user?.sessionEpoch,
    };
  };
  const sender: Parameters<typeof createCodeTasks>[1]['recovery'] = async (tx, _, attempt) => {
    const userID = attempt.found?.userID ?? people.get(attempt.address ?? '');
    if (userID === undefined) return undefined;
    const to = await boundTo(tx, userID);
    const secret = await issueSecret(tx, deps, attempt.id, to);
    sent.set(attempt.id, [...(sent.get(attempt.id) ?? []), secret]);
    return { userID, identityID: to.identityID ?? '' };
  };
  const log = createLog({ level: 'silent' });
  const tasks = createCodeTasks(
    { clock, secrets, database, log, projects: accounts.projects },
    { recovery: sender, signup: sender },
  );
  const jobs = async () => {
    const { rows } = await sql<{ payload: JsonObject }>`
      select payload from graphile_worker._private_jobs order by id`.execute(database.kysely);
    return rows.map(({ payload }) => payload);
  };

  const test: TestCodes = {
    accounts,
    db,
    deps,
    sent,
    people,
    boundTo,
    jobs,
    start: (more) =>
      startAttempt(
        db,
        deps,
        {
          purpose: 'recovery',
          kind: 'code',
          address: 'ada@example.com',
          key: 'email:ada@example.com',
          lifetimeMs: 5 * MINUTE_MS,
          data: {},
          ...more,
        },
        VISITOR,
      ),
    resend: ({ purpose, id }) => resendAttempt(db, deps, { purpose, id }, VISITOR),
    async work() {
      const waiting = await jobs();
      await sql`delete from graphile_worker._private_jobs`.execute(database.kysely);
      for (const payload of waiting) await tasks.send_code?.(payload, { id: 'job' });
    },
    async send(more) {
      const attempt = await test.start(more);
      await test.work();
      return { attempt, secret: sent.get(attempt.id)?.at(-1) ?? '' };
    },
    prove: ({ id }, code, purpose = 'recovery') =>
      proveCode(db, deps, { purpose, attemptID: id, code: code as string }, VISITOR),
    sweep: async () => tasks.sweep_codes?.({}, { id: 'sweep' }),
    stop: accounts.stop,
  };
  return test;
}
