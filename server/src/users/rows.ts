import type { Selectable } from 'kysely';
import type { DB, JsonObject } from '../platform/database/index.ts';
import type { Identity, User } from './model.ts';

export const USER_COLUMNS = [
  'id',
  'standard_attributes',
  'custom_attributes',
  'locale',
  'session_epoch',
  'password_version',
  'is_disabled',
  'disable_reason',
  'is_anonymized',
  'anonymize_at',
  'delete_at',
  'delete_reason',
  'account_valid_from',
  'account_valid_until',
  'temporarily_disabled_from',
  'temporarily_disabled_until',
  'last_login_at',
  'created_at',
  'updated_at',
] as const;

export const IDENTITY_COLUMNS = [
  'id',
  'user_id',
  'type',
  'original',
  'normalized',
  'unique_key',
  'claims',
  'verified_at',
  'created_at',
  'updated_at',
] as const;

type UserRow = Pick<Selectable<DB['users']>, (typeof USER_COLUMNS)[number]>;
type IdentityRow = Pick<Selectable<DB['identities']>, (typeof IDENTITY_COLUMNS)[number]>;

export const toUser = (row: UserRow): User => ({
  id: row.id,
  standardAttributes: row.standard_attributes as JsonObject,
  customAttributes: row.custom_attributes as JsonObject,
  locale: row.locale,
  sessionEpoch: row.session_epoch,
  passwordVersion: row.password_version,
  isDisabled: row.is_disabled,
  disableReason: row.disable_reason,
  isAnonymized: row.is_anonymized,
  anonymizeAt: row.anonymize_at,
  deleteAt: row.delete_at,
  deleteReason: row.delete_reason,
  accountValidFrom: row.account_valid_from,
  accountValidUntil: row.account_valid_until,
  temporarilyDisabledFrom: row.temporarily_disabled_from,
  temporarilyDisabledUntil: row.temporarily_disabled_until,
  lastLoginAt: row.last_login_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const toIdentity = (row: IdentityRow): Identity => ({
  id: row.id,
  userID: row.user_id,
  type: row.type as Identity['type'],
  original: row.original,
  normalized: row.normalized,
  uniqueKey: row.unique_key,
  claims: row.claims as JsonObject,
  verifiedAt: row.verified_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const identityValues = (projectID: string, identity: Identity) => ({
  project_id: projectID,
  id: identity.id,
  user_id: identity.userID,
  type: identity.type,
  original: identity.original,
  normalized: identity.normalized,
  unique_key: identity.uniqueKey,
  claims: JSON.stringify(identity.claims),
  verified_at: identity.verifiedAt,
  created_at: identity.createdAt,
  updated_at: identity.updatedAt,
});
