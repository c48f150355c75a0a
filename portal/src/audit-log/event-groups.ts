import type { graphql } from '../api/graphql.ts';

/** Everything that the audit log can hold. */
export type ActivityType = ReturnType<typeof graphql.scalar<'AuditLogActivityType'>>;

/** What the filter offers: what is recorded, by what it is about. */
export const EVENT_GROUPS = {
  logins: [
    'USER_AUTHENTICATED',
    'USER_SIGNED_OUT',
    'USER_SESSION_TERMINATED',
    'AUTHENTICATION_PRIMARY_PASSWORD_FAILED',
    'AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED',
    'AUTHENTICATION_BLOCKED',
    'RATE_LIMIT_BLOCKED',
    'M2M_TOKEN_CREATED',
  ],
  passwords: [
    'PASSWORD_RESET',
    'PASSWORD_CHANGED',
    'PASSWORD_EXPIRY_SET',
    'RECOVERY_REQUESTED',
    'RECOVERY_REDEEMED',
  ],
  users: [
    'USER_CREATED',
    'USER_PROFILE_UPDATED',
    'USER_DISABLED',
    'USER_REENABLED',
    'USER_DELETED',
    'USER_DELETION_SCHEDULED',
    'USER_DELETION_UNSCHEDULED',
    'IDENTITY_EMAIL_ADDED',
    'IDENTITY_EMAIL_REMOVED',
    'IDENTITY_EMAIL_UPDATED',
    'IDENTITY_EMAIL_VERIFIED',
    'IDENTITY_EMAIL_UNVERIFIED',
  ],
  mails: ['EMAIL_SENT', 'EMAIL_ERROR', 'MESSAGE_RETRIED', 'MAILBOX_OPENED'],
  operators: [
    'OPERATOR_CREATED',
    'COLLABORATOR_ADDED',
    'COLLABORATOR_ROLE_CHANGED',
    'PROJECT_COLLABORATOR_DELETED',
  ],
  project: [
    'PROJECT_CREATED',
    'SETTING_CHANGED',
    'CLIENT_CREATED',
    'CLIENT_UPDATED',
    'CLIENT_SECRET_ROTATED',
    'CLIENT_DELETED',
    'ADMIN_KEY_CREATED',
    'ADMIN_KEY_REVOKED',
  ],
} as const satisfies Record<string, readonly ActivityType[]>;

export type EventGroup = keyof typeof EVENT_GROUPS;

export const GROUP_NAMES = Object.keys(EVENT_GROUPS) as EventGroup[];

const OFFERED: ReadonlySet<string> = new Set(Object.values(EVENT_GROUPS).flat());

/** Whether the filter offers this type. */
export const isActivityType = (name: string): name is ActivityType => OFFERED.has(name);
