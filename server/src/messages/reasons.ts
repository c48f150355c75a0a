import type { MessageType } from './model.ts';

/** Why a message is not sent, where it is not the mail server that says so. */
export const REASONS = {
  noServer: 'no mail server is set',
  superseded: 'a newer password exists',
  newerCode: 'a newer link or code exists',
  unreadable: 'it was sealed under a secret that is not in LATCHKEY_SECRET any more',
  unwritten: 'the mail could not be written: the log says why',
  interrupted: 'the server was stopped while it was sending',
} as const;

/** What a message of each type carries that is no password; it can be asked for again. */
const CARRIES: Partial<Record<MessageType, 'link' | 'code'>> = {
  recovery_link: 'link',
  recovery_code: 'code',
  signup_code: 'code',
};

/** Why a message cannot be sent any more whose secret is gone, and what helps. */
export function reasonOfErased(type: MessageType): string {
  const carried = CARRIES[type];
  return carried === undefined
    ? 'the password in it was erased: reset the password again to send one'
    : `the ${carried} in it has run out: only a new one helps`;
}
