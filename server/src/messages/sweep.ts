import type { ProjectDb } from '../platform/database/index.ts';
import type { MessageTaskDeps } from './deps.ts';
import { addDelivery } from './job.ts';
import { mailboxStore } from './mailbox-store.ts';
import { reasonOfErased } from './reasons.ts';
import { recordDelivery } from './record.ts';
import { mailRoute } from './route.ts';
import { ATTEMPTS } from './schedule.ts';
import { messageStore } from './store.ts';
import { projectsToSweep } from './sweep-store.ts';

/** Messages taken up again at a time, each project; the next sweep takes the next ones. */
const BATCH = 500;

/**
 * Puts in order what time has changed, in every project: erases secrets and mails of the mailbox that ran out
 * (24 hours), sends what waited for a mail server once there is one, and takes up messages whose job was lost.
 * What fails in one project does not keep it from the others.
 */
export async function sweepMessages(deps: MessageTaskDeps): Promise<void> {
  const { database, clock, log } = deps;
  for (const projectID of await projectsToSweep(database.acrossProjects, clock.now())) {
    const db = database.forProject(projectID);
    try {
      await eraseWhatRanOut(db, deps);
      await takeUpLost(db, deps);
      await takeUpWaiting(db, deps);
    } catch (error) {
      const reason = (error as Error).message;
      log.error({ project: projectID, reason }, 'the messages of a project could not be put in order');
    }
  }
}

async function eraseWhatRanOut(db: ProjectDb, { clock }: MessageTaskDeps): Promise<void> {
  const now = clock.now();
  await mailboxStore(db).removeExpired(now);
  await db.transaction(async (tx) => {
    for (const message of await messageStore(tx).expireSecrets(reasonOfErased, now)) {
      await recordDelivery(tx, clock, message, 'EMAIL_ERROR', message.reason);
    }
  });
}

async function takeUpWaiting(db: ProjectDb, { projects, config, clock }: MessageTaskDeps): Promise<void> {
  const project = await projects.find(db.projectID);
  if (!project || mailRoute(config, await projects.settings(project)) === 'waiting') return;
  await db.transaction(async (tx) => {
    const store = messageStore(tx);
    for (const { id, attempts } of await store.waiting(BATCH)) {
      if (await store.requeue(id, ['waiting'], attempts + ATTEMPTS, clock.now())) await addDelivery(tx, id);
    }
  });
}

async function takeUpLost(db: ProjectDb, { clock }: MessageTaskDeps): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { id } of await messageStore(tx).lost(BATCH, clock.now())) await addDelivery(tx, id);
  });
}
