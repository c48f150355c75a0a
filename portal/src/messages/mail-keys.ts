import type { SettingKey } from '../settings/setting-values.ts';

/** What *Messages › Mail* changes, in the order of its fields. */
export const MAIL_KEYS = [
  'messages.smtp_url',
  'messages.sender_name',
  'messages.sender_address',
] as const satisfies readonly SettingKey[];

export type MailKey = (typeof MAIL_KEYS)[number];
