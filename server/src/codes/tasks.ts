import type { ProjectDb } from '../platform/database/index.ts';
import type { Tasks } from '../platform/jobs/index.ts';
import type { Project } from '../projects/index.ts';
import type { CodeTaskDeps } from './deps.ts';
import { SEND } from './job.ts';
import type { CodePurpose, Found, PendingAttempt } from './model.ts';
import { presentAttempt } from './present.ts';
import { addressPurpose } from './secret.ts';
import { codeStore, type StoredAttempt } from './store.ts';
import { sweepCodes } from './sweep.ts';

const SWEEP = 'sweep_codes';

/** When the sweep runs: once an hour. */
export const CODE_CRONTAB = `27 * * * * ${SWEEP} ?jobKey=${SWEEP}&max=3`;

/**
 * Looks up who is meant, makes the secret with `issueSecret` and enqueues its message, or does nothing, all in
 * the one transaction it is handed.
 *
 * @returns whom it found, so that another message can be asked for when the typed address is forgotten
 */
export type SendCode<Deps extends CodeTaskDeps> = (
  tx: ProjectDb,
  deps: Deps & { project: Project },
  attempt: PendingAttempt,
) => Promise<Found | undefined>;

/** What the job runner does for codes: send one by the sender of its purpose, and sweep all. */
export const createCodeTasks = <Deps extends CodeTaskDeps>(
  deps: Deps,
  senders: Partial<Record<CodePurpose, SendCode<Deps>>>,
): Tasks => ({
  [SEND]: ({ projectID, attemptID }) => send(deps, senders, String(projectID), String(attemptID)),
  [SWEEP]: () => sweepCodes(deps),
});

/** Another run of the same job was quicker: what this one wrote is not to be. */
class Overtaken extends Error {}

async function send<Deps extends CodeTaskDeps>(
  deps: Deps,
  senders: Partial<Record<CodePurpose, SendCode<Deps>>>,
  projectID: string,
  attemptID: string,
): Promise<void> {
  const project = await deps.projects.find(projectID);
  if (!project) return;
  const db = deps.database.forProject(projectID);
  const stored = await codeStore(db).findPending(attemptID);
  const now = deps.clock.now();
  if (!stored || stored.expiresAt <= now) return;
  const expiresAt = new Date(now.getTime() + stored.lifetimeMs);
  const attempt = pending(deps, projectID, { ...stored, expiresAt });
  try {
    await db.transaction(async (tx) => {
      const found = await senders[stored.purpose]?.(tx, { ...deps, project }, attempt);
      if (!(await codeStore(tx).finish(attemptID, found, expiresAt))) throw new Overtaken();
    });
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
  }
}

const pending = (
  { secrets }: Pick<CodeTaskDeps, 'secrets'>,
  projectID: string,
  stored: StoredAttempt,
): PendingAttempt => ({
  ...presentAttempt(stored),
  address:
    stored.addressSealed === null
      ? undefined
      : secrets.open(addressPurpose(projectID, stored.id), stored.addressSealed).toString('utf8'),
  found: stored.found,
  origin: stored.origin,
  lifetimeMs: stored.lifetimeMs,
});
