export { changeForced } from './change.ts';
export type { LoginDeps } from './deps.ts';
export { finishLogin, startOver } from './finish.ts';
export { locateLogin } from './locate.ts';
export type { FinishedLogin, LoginState } from './model.ts';
export { provePassword } from './prove.ts';
export { accountStatus } from './status.ts';
export { pageOf } from './steps.ts';
export { sweepLogins } from './sweep.ts';
