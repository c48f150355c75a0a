import type { graphql } from '../../api/graphql.ts';

/** Everything that the audit log can hold. */
type ActivityType = ReturnType<typeof graphql.scalar<'AuditLogActivityType'>>;

/** What the timeline can be narrowed to, with the types that belong to it. */
export const KINDS = {
  logins: [
    'USER_AUTHENTICATED',
    'USER_REAUTHENTICATED',
    'USER_SIGNED_OUT',
    'USER_SESSION_TERMINATED',
    'AUTHENTICATION_PRIMARY_PASSWORD_FAILED',
    'AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED',
    'AUTHENTICATION_BLOCKED',
    'RATE_LIMIT_BLOCKED',
  ],
  passwords: [
    'PASSWORD_RESET',
    'PASSWORD_CHANGED',
    'PASSWORD_REMOVED',
    'PASSWORD_EXPIRY_SET',
    'RECOVERY_REQUESTED',
    'RECOVERY_REDEEMED',
  ],
  mails: ['EMAIL_SENT', 'EMAIL_ERROR', 'EMAIL_SUPPRESSED', 'MESSAGE_RETRIED'],
  account: [
    'USER_CREATED',
    'USER_PROFILE_UPDATED',
    'USER_DISABLED',
    'USER_REENABLED',
    'USER_DELETION_SCHEDULED',
    'USER_DELETION_UNSCHEDULED',
    'IDENTITY_EMAIL_ADDED',
    'IDENTITY_EMAIL_REMOVED',
    'IDENTITY_EMAIL_UPDATED',
    'IDENTITY_EMAIL_VERIFIED',
    'IDENTITY_EMAIL_UNVERIFIED',
    'OPERATOR_CREATED',
    'COLLABORATOR_ADDED',
  ],
} as const satisfies Record<string, readonly ActivityType[]>;

export type Kind = keyof typeof KINDS;

/** What the address of the timeline says: which kind alone is shown. */
export interface ActivitySearch {
  show?: Kind;
}

/** Reads it from the address; anything else counts as absent. */
export const readActivitySearch = ({ show }: Record<string, unknown>): ActivitySearch => ({
  show: typeof show === 'string' && Object.hasOwn(KINDS, show) ? (show as Kind) : undefined,
});
