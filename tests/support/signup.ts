import { sql } from 'kysely';
import { createCodeTasks } from '../../server/src/codes/index.ts';
import {
  createAccount,
  locateSignup,
  proveSignupCode,
  requestSignupCode,
  resendSignupCode,
  type SignupState,
  sendSignup,
} from '../../server/src/login/index.ts';
import { secretPurpose } from '../../server/src/messages/secret.ts';
import type { JsonObject } from '../../server/src/platform/database/index.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { type TestAccounts, testAccounts } from './passwords.ts';

/** Where the requests of these tests come from. */
export const VISITOR = { ipAddress: '203.0.113.7', userAgent: 'a browser' };
export const NEWCOMER = 'newcomer@example.com';

/** A message that waits to be sent. */
export interface WaitingMail {
  type: string;
  recipient: string;
  userID: string | null;
  locale: string | null;
  /** The six digits in it. */
  code: string | undefined;
}

/** Sign-ups in the home project, with a worker that is run by hand. `as` is the interaction they happen in. */
export interface TestSignups {
  accounts: TestAccounts;
  deps: TestAccounts['deps'];
  request(address?: string, as?: string): Promise<SignupState>;
  resend(as?: string): Promise<SignupState>;
  prove(code: string, as?: string): Promise<SignupState>;
  create(password?: string, as?: string): Promise<SignupState>;
  locate(as?: string): Promise<SignupState>;
  /** What the worker is to do for codes. */
  jobs(): Promise<JsonObject[]>;
  /** Has the worker do it; the mails that come of it. */
  work(): Promise<WaitingMail[]>;
  /** As far as the code; what is in the mail. */
  codeFor(address?: string, as?: string): Promise<string>;
  stop(): Promise<void>;
}

export const SIGNUP_PASSWORD = 'plover hinge 41';

export async function testSignups(): Promise<TestSignups> {
  const accounts = await testAccounts();
  const { clock, secrets, database, home } = accounts;
  const log = createLog({ level: 'silent' });
  const taskDeps = { clock, secrets, database, log, projects: accounts.projects };
  const tasks = createCodeTasks(taskDeps, { signup: sendSignup });
  const { deps } = accounts;

  const jobs = async (): Promise<JsonObject[]> => {
    const { rows } = await sql<{ payload: JsonObject }>`
      select payload from graphile_worker._private_jobs where payload ->> 'attemptID' is not null
      order by id`.execute(database.kysely);
    return rows.map(({ payload }) => payload);
  };

  const mails = async () => {
    const rows = await home.kysely
      .selectFrom('messages')
      .selectAll()
      .where('project_id', '=', 'home')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      type: row.type,
      recipient: row.recipient,
      userID: row.user_id,
      locale: row.locale,
      code:
        row.secret_sealed === null
          ? undefined
          : secrets.open(secretPurpose('home', row.id), row.secret_sealed).toString(),
    }));
  };

  const test: TestSignups = {
    accounts,
    deps,
    jobs,
    request: async (address = NEWCOMER, as = 'uid-1') =>
      requestSignupCode(home, await deps(), { interactionID: as, address, locale: 'de' }, VISITOR),
    resend: async (as = 'uid-1') =>
      resendSignupCode(home, await deps(), { interactionID: as, locale: 'de' }, VISITOR),
    prove: async (code, as = 'uid-1') =>
      proveSignupCode(home, await deps(), { interactionID: as, code }, VISITOR),
    create: async (password = SIGNUP_PASSWORD, as = 'uid-1') =>
      createAccount(home, await deps(), { interactionID: as, password, locale: 'de' }, VISITOR),
    locate: (as = 'uid-1') => locateSignup(home, { clock, secrets }, as),
    async work() {
      const waiting = await jobs();
      const before = (await mails()).length;
      await sql`delete from graphile_worker._private_jobs`.execute(database.kysely);
      for (const payload of waiting) await tasks.send_code?.(payload, { id: 'job' });
      return (await mails()).slice(before);
    },
    async codeFor(address, as) {
      await test.request(address, as);
      const [mail] = await test.work();
      if (mail?.code === undefined) throw new Error(`no code came: ${JSON.stringify(mail)}`);
      return mail.code;
    },
    stop: accounts.stop,
  };
  return test;
}
