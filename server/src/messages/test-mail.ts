import { type Acting, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import { type MailTrial, tryMail } from '../platform/mail/index.ts';
import type { RateLimits } from '../platform/rate-limits/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Project, Projects, SettingChange } from '../projects/index.ts';
import { normalizeLoginID } from '../users/index.ts';
import { composeMail } from './compose.ts';
import { enqueueMessage } from './enqueue.ts';
import { noMailServer } from './errors.ts';
import { TEST_MAILS } from './limits.ts';
import { type MailConfig, mailRoute, mailServer } from './route.ts';

/** What trying the mails of a project needs. */
export interface TestMailDeps {
  clock: Clock;
  secrets: Secrets;
  project: Project;
  projects: Pick<Projects, 'settingsWith'>;
  rateLimits: Pick<RateLimits, 'use'>;
  config: MailConfig;
}

export interface TestMail {
  /** The address it goes to. */
  to: string;
  /** Settings that are not saved yet, under which it is sent. */
  changes: readonly SettingChange[];
}

/** What came of it; `kept` where the built-in mailbox takes the mails. */
export type TestMailResult = MailTrial | { outcome: 'kept' };

/**
 * Sends a mail now, as the project's mails would be sent under these changes, and says what came of it. Nothing is
 * set by it. It is recorded in the audit log, whatever came of it.
 *
 * @throws Invalid `InvalidLoginID` for an address that is none, `UnknownSetting`, `InvalidSetting`, `NoMailServer`;
 *   TooManyRequest `RateLimited`
 */
export async function sendTestMail(
  db: ProjectDb,
  { clock, secrets, project, projects, rateLimits, config }: TestMailDeps,
  { to, changes }: TestMail,
  acting: Acting,
): Promise<TestMailResult> {
  const recipient = normalizeLoginID('email', to).normalized;
  const settings = await projects.settingsWith(project, changes);
  const route = mailRoute(config, settings);
  if (route === 'waiting') throw noMailServer();
  await rateLimits.use(db, [{ limit: TEST_MAILS, of: project.id }], { origin: acting.origin });
  const test = { type: 'test', payload: {}, recipient, locale: null } as const;
  if (route === 'mailbox') {
    await db.transaction(async (tx) => {
      await enqueueMessage(tx, { clock, secrets }, { ...test, userID: null });
      await recordTest(tx, clock, acting, { recipient, server: null, outcome: 'kept' });
    });
    return { outcome: 'kept' };
  }
  const server = mailServer(config, settings) ?? '';
  const message = { ...test, id: newID(clock), createdAt: clock.now() };
  const trial = await tryMail(server, await composeMail(project, settings, message, undefined));
  await recordTest(db, clock, acting, { recipient, server: new URL(server).host, ...trial });
  return trial;
}

const recordTest = (
  db: ProjectDb,
  clock: Clock,
  acting: Acting,
  data: { recipient: string; server: string | null; outcome: TestMailResult['outcome']; reply?: string },
): Promise<void> => recordAudit(db, clock, { activityType: 'MAIL_TESTED', acting, data });
