/** What a message says; each type has its words in `platform/words/<locale>/mails.json`. */
export type MessageType =
  | 'password_reset_by_admin'
  | 'account_created'
  | 'operator_created'
  | 'password_changed'
  | 'recovery_link'
  | 'recovery_code'
  | 'recovery_without_password'
  | 'signup_code'
  | 'signup_existing_account'
  | 'test';

/**
 * Where a message stands. `queued`: about to be sent, or to be tried again. `waiting`: for a mail server to be
 * set. `sending`: a worker has it. `failed`: given up. `superseded`: never sent, there is a newer password, link or
 * code.
 */
export type MessageState = 'queued' | 'waiting' | 'sending' | 'sent' | 'failed' | 'superseded';

/** A message and what became of it. What it says is told to nobody but its reader. */
export interface Message {
  id: string;
  userID: string | null;
  type: MessageType;
  channel: 'email';
  recipient: string;
  state: MessageState;
  /** Why it is not sent (yet), in the words of the mail server where they are its. */
  reason: string | null;
  attempts: number;
  createdAt: Date;
  updatedAt: Date;
  sentAt: Date | null;
  /** Whether `retryMessage` would send it now; where it would not, only a new password helps. */
  canRetry: boolean;
}

/** What each type of message has to know. A password is never in here: it is the `secret`. */
export interface Payloads {
  password_reset_by_admin: {
    /** What the user signs in with. */
    loginID: string;
    /** Whether the next login asks for another password. */
    mustChange: boolean;
    /** Whether the user had no password before. */
    isFirst: boolean;
  };
  account_created: { loginID: string; mustChange: boolean };
  /** `worksOn` is the name of the project that the operator was made for. */
  operator_created: { loginID: string; mustChange: boolean; worksOn: string };
  password_changed: { loginID: string };
  /** `minutes`: how long the link works, whose token is the secret. */
  recovery_link: { loginID: string; minutes: number };
  /** `minutes`: how long the code works, which is the secret. */
  recovery_code: { loginID: string; minutes: number };
  /** `hasProvider`: whether the user signs in with an account of another service. */
  recovery_without_password: { loginID: string; hasProvider: boolean };
  /** For how long the code, which is the secret, is good. */
  signup_code: { minutes: number };
  signup_existing_account: { loginID: string };
  test: Record<string, never>;
}

/** A message to be sent. */
export type NewMessage = {
  [Type in MessageType]: {
    type: Type;
    payload: Payloads[Type];
    /** The user it is for, where there is one; it goes when the user goes. */
    userID: string | null;
    /** An e-mail address, in its stored form. */
    recipient: string;
    /** The language wished for (BCP 47); English where there is none of it. */
    locale: string | null;
    /** The password, code or token that travels in it; sealed before it is written. */
    secret?: string;
    /** Until when the secret is of use; a day unless told. Later the message is not sent any more. */
    secretExpiresAt?: Date;
    /** The user's password version the secret belongs to: a newer one makes the message superseded. */
    passwordVersion?: number;
  };
}[MessageType];

/** A mail that the built-in mailbox keeps, as its list shows it. */
export interface MailboxMail {
  id: string;
  recipient: string;
  subject: string;
  createdAt: Date;
  expiresAt: Date;
}

/** A mail of the built-in mailbox, opened. */
export interface OpenedMail extends MailboxMail {
  html: string;
  text: string;
}
