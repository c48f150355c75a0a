import type { Secrets } from '../platform/secrets.ts';
import { SECRET_SETTINGS } from './settings/index.ts';

/** A sealed value opens only as this setting of this project. */
export const settingPurpose = (projectID: string, key: string): string => `setting:${projectID}:${key}`;

const isSealed = (value: unknown): value is { sealed: string } =>
  typeof value === 'object' && value !== null && typeof (value as { sealed?: unknown }).sealed === 'string';

/** A value as it is stored: a secret one sealed. */
export const sealSetting = (secrets: Secrets, projectID: string, key: string, value: unknown): unknown =>
  SECRET_SETTINGS.has(key) && value !== null
    ? { sealed: secrets.seal(settingPurpose(projectID, key), JSON.stringify(value)) }
    : value;

/** A value as it was given, from how it is stored. */
export const openSetting = (secrets: Secrets, projectID: string, key: string, stored: unknown): unknown =>
  isSealed(stored)
    ? JSON.parse(secrets.open(settingPurpose(projectID, key), stored.sealed).toString('utf8'))
    : stored;

/** What of an address is no secret: how its server is spoken to. */
const OPTIONS = ['requireTLS', 'tls.rejectUnauthorized'];

/** A value as it may be shown: of a secret address its user and password are hidden, of any other secret all. */
export function redactSetting(key: string, value: unknown): unknown {
  if (!SECRET_SETTINGS.has(key) || value === null || value === undefined) return value;
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null) return '***';
  const options = OPTIONS.filter((option) => /^(true|false)$/.test(url.searchParams.get(option) ?? ''))
    .map((option) => `${option}=${url.searchParams.get(option)}`)
    .join('&');
  const query = options === '' ? '' : `?${options}`;
  return `${url.protocol}//${url.username || url.password ? '***@' : ''}${url.host}${query}`;
}
