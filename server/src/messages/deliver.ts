import type { ProjectDb } from '../platform/database/index.ts';
import type { RunningJob } from '../platform/jobs/index.ts';
import { presentReason } from '../platform/mail/index.ts';
import type { Project } from '../projects/index.ts';
import { userStore } from '../users/index.ts';
import { composeMail } from './compose.ts';
import type { MessageTaskDeps } from './deps.ts';
import { dispatchMail } from './dispatch.ts';
import { REASONS, reasonOfErased } from './reasons.ts';
import { secretPurpose } from './secret.ts';
import { settle, type Verdict } from './settle.ts';
import { hasItsSecret } from './status.ts';
import { messageStore, type StoredMessage } from './store.ts';

/**
 * Delivers a message: the job of `enqueueMessage`. What is superseded is not sent; without a mail server the
 * message waits; a temporary failure queues it again for later. Whatever comes of it stands in the message's
 * row and, when it is final, in the audit log. It may be run twice: a message that is sent is left alone.
 */
export async function deliverMessage(
  deps: MessageTaskDeps,
  { projectID, messageID }: { projectID: string; messageID: string },
  job: RunningJob,
): Promise<void> {
  const { database, clock, projects } = deps;
  const project = await projects.find(projectID);
  if (!project) return;
  const db = database.forProject(projectID);
  const message = await messageStore(db).claim(messageID, job.id, clock.now());
  if (!message) return;
  const verdict = (await refuse(db, deps, message)) ?? (await attempt(deps, project, message));
  await settle(db, deps, message, verdict);
}

/** Why a claimed message must not be sent, if there is a reason. */
async function refuse(
  db: ProjectDb,
  { clock }: MessageTaskDeps,
  message: StoredMessage,
): Promise<Verdict | undefined> {
  const { userID, passwordVersion } = message;
  if (userID !== null && passwordVersion !== null) {
    const user = await userStore(db).find(userID);
    if (user?.passwordVersion !== passwordVersion) {
      return { state: 'superseded', reason: REASONS.superseded, erase: true };
    }
  }
  if (!hasItsSecret(message, clock.now())) {
    return { state: 'failed', reason: reasonOfErased(message.type), erase: true };
  }
  // Each attempt ended in the middle: it may be this very message that brings the server down.
  if (message.attempts > message.attemptsAllowed) return { state: 'failed', reason: REASONS.interrupted };
  return undefined;
}

/** Writes the mail and hands it over. What is thrown on the way may hold the password, so it stays in here. */
async function attempt(deps: MessageTaskDeps, project: Project, message: StoredMessage): Promise<Verdict> {
  let password: string | undefined;
  try {
    password = openSecret(deps, project, message);
  } catch {
    return { state: 'failed', reason: REASONS.unreadable };
  }
  const settings = await deps.projects.settings(project);
  try {
    const mail = await composeMail(project, settings, message, password);
    return await dispatchMail(deps, settings, message, mail, password);
  } catch (error) {
    const reason = presentReason((error as Error).message, password === undefined ? [] : [password]);
    deps.log.error({ message: message.id, type: message.type, reason }, 'a mail could not be written');
    return { state: 'failed', reason: REASONS.unwritten };
  }
}

function openSecret(
  { secrets }: MessageTaskDeps,
  project: Project,
  { id, secretSealed }: StoredMessage,
): string | undefined {
  if (secretSealed === null) return undefined;
  return secrets.open(secretPurpose(project.id, id), secretSealed).toString('utf8');
}
