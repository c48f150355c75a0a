import type { z } from 'zod';
import { type BrandingSettings, brandingSettings } from './branding.ts';
import { type LoginSettings, loginSettings } from './login.ts';
import { type MessageSettings, messageSettings } from './messages.ts';
import { type PasswordSettings, passwordSettings } from './passwords.ts';
import { type RecoverySettings, recoverySettings } from './recovery.ts';

export type { BrandingSettings, LoginSettings, MessageSettings, PasswordSettings, RecoverySettings };

/** Everything that can be set of a project, one group for each capability. */
export interface Settings {
  passwords: PasswordSettings;
  recovery: RecoverySettings;
  login: LoginSettings;
  messages: MessageSettings;
  branding: BrandingSettings;
}

const GROUPS = {
  passwords: passwordSettings,
  recovery: recoverySettings,
  login: loginSettings,
  messages: messageSettings,
  branding: brandingSettings,
} as const satisfies Record<keyof Settings, z.ZodObject>;

/** The schema of each setting by its dotted name, such as `passwords.min_length`. */
export const SETTING_SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries(GROUPS).flatMap(([group, schema]) =>
    Object.entries(schema.shape).map(([field, fieldSchema]): [string, z.ZodType] => [
      `${group}.${field}`,
      fieldSchema as z.ZodType,
    ]),
  ),
);

/** Settings that are sealed where they are stored and never shown or recorded as they are. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set(['messages.smtp_url']);

/** Puts the stored values (by dotted name) into the groups; what is not stored has its default. */
export function buildSettings(stored: ReadonlyMap<string, unknown>): Settings {
  const groups: Record<string, Record<string, unknown>> = Object.fromEntries(
    Object.keys(GROUPS).map((group) => [group, {}]),
  );
  for (const [key, schema] of SETTING_SCHEMAS) {
    const [group = '', field = ''] = key.split('.');
    const parsed = schema.safeParse(stored.get(key));
    if (!parsed.success) {
      throw new Error(
        `the stored setting ${key} is not valid: set it anew with "latchkey settings set ${key}"`,
      );
    }
    Object.assign(groups[group] ?? {}, { [field]: parsed.data });
  }
  return groups as unknown as Settings;
}
