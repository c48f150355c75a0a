export type { RecoveryDeps } from './deps.ts';
export { destinationsOf } from './destinations.ts';
export { proveRecoveryCode } from './prove.ts';
export { redeemRecovery } from './redeem.ts';
export { requestRecovery } from './request.ts';
export { resendRecovery } from './resend.ts';
export { sendRecovery } from './send.ts';
export { sendResetPasswordMessage } from './send-link.ts';
export { recoverySubject } from './subject.ts';
