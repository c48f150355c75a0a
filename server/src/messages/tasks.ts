import type { Tasks } from '../platform/jobs/index.ts';
import { deliverMessage } from './deliver.ts';
import type { MessageTaskDeps } from './deps.ts';
import { DELIVER } from './job.ts';
import { sweepMessages } from './sweep.ts';

const SWEEP = 'sweep_messages';

/** When the sweep runs: every minute. One that is late is not run twice. */
export const MESSAGE_CRONTAB = `* * * * * ${SWEEP} ?jobKey=${SWEEP}&max=1`;

/** What the job runner does for messages: deliver one, and sweep all. */
export const createMessageTasks = (deps: MessageTaskDeps): Tasks => ({
  [DELIVER]: ({ projectID, messageID }, job) =>
    deliverMessage(deps, { projectID: String(projectID), messageID: String(messageID) }, job),
  [SWEEP]: () => sweepMessages(deps),
});
