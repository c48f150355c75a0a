export type { Mail } from './model.ts';
export { presentReason } from './reason.ts';
export { sendMail } from './send.ts';
export { type MailTrial, tryMail } from './try.ts';
export { verifyMailServer } from './verify.ts';
