import { type ActivityType, EVENT_GROUPS } from '../../audit-log/event-groups.ts';

/** What the timeline can be narrowed to, with the types that belong to it; where nobody's, they find nothing. */
export const KINDS = {
  logins: [...EVENT_GROUPS.logins, 'USER_REAUTHENTICATED'],
  passwords: EVENT_GROUPS.passwords,
  mails: ['EMAIL_SENT', 'EMAIL_ERROR', 'EMAIL_SUPPRESSED', 'MESSAGE_RETRIED'],
  account: [...EVENT_GROUPS.users, 'OPERATOR_CREATED', 'COLLABORATOR_ADDED'],
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
