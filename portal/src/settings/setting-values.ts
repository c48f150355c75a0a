/** What the settings of a project hold that the portal changes, by their dotted names. */
export interface SettingValues {
  'passwords.min_length': number;
  'passwords.uppercase_required': boolean;
  'passwords.lowercase_required': boolean;
  'passwords.alphabet_required': boolean;
  'passwords.digit_required': boolean;
  'passwords.symbol_required': boolean;
  /** 1 to 5; 0 is off. */
  'passwords.minimum_guessable_level': number;
  'passwords.excluded_keywords': string[];
  'passwords.typing_by_operators': boolean;
  'login.identity_types': string[];
  'login.signup_enabled': boolean;
  'recovery.methods': string[];
  'recovery.link_lifetime_minutes': number;
  'recovery.code_lifetime_minutes': number;
  'recovery.requests_per_ip_per_hour': number;
  'recovery.choose_destination': boolean;
  /** The address of a mail server; of one that is saved, user and password are not shown. */
  'messages.smtp_url': string | null;
  'messages.sender_name': string | null;
  'messages.sender_address': string | null;
  'branding.logo_url': string | null;
  /** As #rrggbb. */
  'branding.primary_color': string | null;
}

export type SettingKey = keyof SettingValues;

/** A setting and what it is to be. */
export interface SettingChange {
  key: string;
  value: unknown;
}
