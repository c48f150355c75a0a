import { ensureAuditPartitions } from '../audit/index.ts';
import type { Capabilities } from '../capabilities.ts';
import { CODE_CRONTAB, createCodeTasks } from '../codes/index.ts';
import { sendSignup, sweepLogins } from '../login/index.ts';
import { createMessageTasks, MESSAGE_CRONTAB } from '../messages/index.ts';
import { createLogoutTasks, sweepOidc } from '../oidc/index.ts';
import { createJobRunner, type JobRunner } from '../platform/jobs/index.ts';
import { sweepRateLimits } from '../platform/rate-limits/index.ts';
import { sendRecovery } from '../recovery/index.ts';

/** Minutes apart on purpose, so that the chores of one hour do not all fall on its first second. */
const CRONTAB = [
  MESSAGE_CRONTAB,
  CODE_CRONTAB,
  '17 * * * * sweep_oidc ?jobKey=sweep_oidc&max=3',
  '37 * * * * sweep_logins ?jobKey=sweep_logins&max=3',
  '57 * * * * sweep_rate_limits ?jobKey=sweep_rate_limits&max=3',
  '43 4 * * * audit_partitions ?jobKey=audit_partitions&max=5&fill=2d',
].join('\n');

/** Longer than a mail takes at the most (a minute), along with noting what came of it. */
export const JOBS_PATIENCE_MS = 90_000;

/**
 * Makes the runner of this process's jobs: what the capabilities leave to be done later, and their chores.
 * @param url reaches PostgreSQL without a pooler
 */
export const createJobs = (capabilities: Capabilities, url: string): JobRunner =>
  createJobRunner({
    ...capabilities,
    url,
    alone: capabilities.config.databaseURL === undefined,
    crontab: CRONTAB,
    tasks: {
      ...createLogoutTasks(capabilities),
      ...createMessageTasks(capabilities),
      ...createCodeTasks(capabilities, { recovery: sendRecovery, signup: sendSignup }),
      sweep_oidc: () => sweepOidc(capabilities),
      sweep_logins: () => sweepLogins(capabilities),
      sweep_rate_limits: () => sweepRateLimits(capabilities),
      audit_partitions: () => ensureAuditPartitions(capabilities.database, capabilities.clock),
    },
  });
