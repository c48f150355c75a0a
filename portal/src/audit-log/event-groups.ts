import type { graphql } from '../api/graphql.ts';
import en from '../words/en.json';

/** Everything that the audit log can hold. */
export type ActivityType = ReturnType<typeof graphql.scalar<'AuditLogActivityType'>>;

/** What is recorded, by what it is about. */
const GROUPS = {
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
    'PASSWORD_REMOVED',
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
  mails: ['EMAIL_SENT', 'EMAIL_ERROR', 'MESSAGE_RETRIED', 'MAILBOX_OPENED', 'MAIL_TESTED'],
  operators: [
    'OPERATOR_CREATED',
    'COLLABORATOR_ADDED',
    'COLLABORATOR_ROLE_CHANGED',
    'PROJECT_COLLABORATOR_DELETED',
  ],
  project: [
    'PROJECT_CREATED',
    'PROJECT_RENAMED',
    'SETTING_CHANGED',
    'CLIENT_CREATED',
    'CLIENT_UPDATED',
    'CLIENT_SECRET_ROTATED',
    'CLIENT_DELETED',
    'ADMIN_KEY_CREATED',
    'ADMIN_KEY_REVOKED',
  ],
} as const satisfies Record<string, readonly ActivityType[]>;

const GROUPED: ReadonlySet<string> = new Set(Object.values(GROUPS).flat());

/** Whether the filter offers this type: whatever has words of its own. */
export const isActivityType = (name: string): name is ActivityType => Object.hasOwn(en.audit.event, name);

/** What the filter offers; whatever belongs to none of the groups comes last. */
export const EVENT_GROUPS: Readonly<Record<keyof typeof GROUPS | 'others', readonly ActivityType[]>> = {
  ...GROUPS,
  others: Object.keys(en.audit.event)
    .filter((name) => !GROUPED.has(name))
    .filter(isActivityType),
};

export type EventGroup = keyof typeof EVENT_GROUPS;

/** In the order of the filter; none is empty. */
export const GROUP_NAMES = (Object.keys(EVENT_GROUPS) as EventGroup[]).filter(
  (group) => EVENT_GROUPS[group].length > 0,
);
