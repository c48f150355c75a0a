/** Why a message is not sent, where it is not the mail server that says so. */
export const REASONS = {
  noServer: 'no mail server is set',
  superseded: 'a newer password exists',
  erased: 'the password in it was erased: reset the password again to send one',
  unreadable: 'it was sealed under a secret that is not in LATCHKEY_SECRET any more',
  unwritten: 'the mail could not be written: the log says why',
  interrupted: 'the server was stopped while it was sending',
} as const;
