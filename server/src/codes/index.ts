export type { CodeDeps, CodeTaskDeps } from './deps.ts';
export { findAttempt } from './find.ts';
export { issueSecret } from './issue.ts';
export type {
  Attempt,
  BoundTo,
  CodeKind,
  CodePurpose,
  Found,
  PendingAttempt,
  ProvedAttempt,
} from './model.ts';
export { openLink } from './open.ts';
export { proveCode } from './prove.ts';
export { consumeToken, findByToken } from './redeem.ts';
export { resendAttempt } from './resend.ts';
export { type AttemptRequest, startAttempt } from './start.ts';
export { CODE_CRONTAB, createCodeTasks } from './tasks.ts';
export { voidCodes } from './void.ts';
