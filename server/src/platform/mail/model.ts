/** A mail to one address. */
export interface Mail {
  from: { name: string; address: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  /** In angle brackets; the same each time the mail is sent again (RFC 5322, section 3.6.4). */
  messageID: string;
}

/**
 * What a mail server made of a mail. A `temporary` refusal (4xx, or no connection) may be an acceptance the next
 * time; a `permanent` one (5xx) will not. `reason` is in the server's own words where it said any.
 */
export type MailOutcome = { outcome: 'sent' } | { outcome: 'temporary' | 'permanent'; reason: string };
