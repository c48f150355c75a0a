import { sql } from 'kysely';
import type { Origin } from '../../server/src/audit/index.ts';
import { type Attempt, createCodeTasks } from '../../server/src/codes/index.ts';
import { createMessageTasks } from '../../server/src/messages/index.ts';
import type { AttemptDeps } from '../../server/src/passwords/index.ts';
import type { JsonObject } from '../../server/src/platform/database/index.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import {
  proveRecoveryCode,
  type RecoveryDeps,
  recoverySubject,
  redeemRecovery,
  requestRecovery,
  resendRecovery,
  sendRecovery,
} from '../../server/src/recovery/index.ts';
import { type TestAccounts, testAccounts } from './passwords.ts';
import { type ArrivedMail, startMailServer, type TestMailServer } from './smtp.ts';

/** The visitor of these recoveries. */
export const VISITOR: Origin = { ipAddress: '203.0.113.7', userAgent: 'a browser' };
export const NEW_PASSWORD = 'my very own passphrase 1';

type Request = Parameters<typeof requestRecovery>[2];

/** Recoveries of the home project, with a worker that runs when it is told to, and a real mail server. */
export interface TestRecovery {
  accounts: TestAccounts;
  deps: RecoveryDeps & AttemptDeps;
  mail: TestMailServer;
  /** All that was logged. */
  logged(): string;
  request(loginID: string, more?: Partial<Request>, origin?: Origin): Promise<Attempt>;
  resend(attempt: Attempt): Promise<Attempt>;
  prove(attempt: { id: string }, code: string): Promise<{ token: string }>;
  subject(token: unknown): ReturnType<typeof recoverySubject>;
  redeem(token: unknown, newPassword?: string): ReturnType<typeof redeemRecovery>;
  /** The jobs that wait, by the name of their task. */
  jobs(): Promise<{ task: string; payload: JsonObject }[]>;
  /** Runs all jobs that wait, and those that come of them; the mails that arrived. */
  work(): Promise<ArrivedMail[]>;
  /** Runs those that send codes, and leaves the mails queued. */
  issue(): Promise<void>;
  /** Asks for a link, and takes its token from the mail that arrives. */
  link(loginID: string, more?: Partial<Request>): Promise<string>;
  /** Asks for a code, and takes it from the mail that arrives. */
  code(loginID: string): Promise<{ attempt: Attempt; code: string }>;
  pass(minutes: number): void;
  stop(): Promise<void>;
}

export const tokenIn = ({ parsed }: ArrivedMail): string =>
  /\/reset-password\?token=([\w-]+)/.exec(parsed.text ?? '')?.[1] ?? '';

export const codeIn = ({ parsed }: ArrivedMail): string => /^\d{6}$/m.exec(parsed.text ?? '')?.[0] ?? '';

export async function testRecovery(): Promise<TestRecovery> {
  const accounts = await testAccounts();
  const { clock, secrets, database, home: db } = accounts;
  const mail = await startMailServer();
  const lines: string[] = [];
  const log = createLog({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const deps = {
    ...(await accounts.deps()),
    rateLimits: createRateLimits({ clock, secrets }),
  };
  const ground = { ...accounts, log, config: { smtpURL: mail.url, production: true } };
  const tasks = {
    ...createCodeTasks(ground, { recovery: sendRecovery }),
    ...createMessageTasks(ground),
  };

  const jobs = async () => {
    const { rows } = await sql<{ task: string; payload: JsonObject }>`
      select t.identifier as task, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`.execute(database.kysely);
    return rows;
  };
  const run = async (wanted: (task: string) => boolean): Promise<void> => {
    for (;;) {
      const waiting = (await jobs()).filter(({ task }) => wanted(task));
      if (waiting.length === 0) return;
      await sql`
        delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
          where t.id = j.task_id and t.identifier = any(${waiting.map(({ task }) => task)})`.execute(
        database.kysely,
      );
      for (const { task, payload } of waiting) await tasks[task]?.(payload, { id: 'job' });
    }
  };

  const test: TestRecovery = {
    accounts,
    deps,
    mail,
    logged: () => lines.join(''),
    request: (loginID, more, origin = VISITOR) =>
      requestRecovery(db, deps, { loginID, kind: 'link', locale: null, ...more }, origin),
    resend: ({ id }) => resendRecovery(db, deps, { id }, VISITOR),
    prove: ({ id }, code) => proveRecoveryCode(db, deps, { attemptID: id, code }, VISITOR),
    subject: (token) => recoverySubject(db, deps, { token: token as string }, VISITOR),
    redeem: (token, newPassword = NEW_PASSWORD) =>
      redeemRecovery(db, deps, { token: token as string, newPassword }, VISITOR),
    jobs,
    async work() {
      const before = mail.arrived.length;
      await run(() => true);
      return mail.arrived.slice(before);
    },
    issue: () => run((task) => task === 'send_code'),
    async link(loginID, more) {
      await test.request(loginID, more);
      const [arrived] = await test.work();
      return arrived ? tokenIn(arrived) : '';
    },
    async code(loginID) {
      const attempt = await test.request(loginID, { kind: 'code' });
      const [arrived] = await test.work();
      return { attempt, code: arrived ? codeIn(arrived) : '' };
    },
    pass: (minutes) => clock.advance(minutes * 60_000),
    async stop() {
      await mail.stop();
      await accounts.stop();
    },
  };
  return test;
}
