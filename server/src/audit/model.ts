import type { AuditActivityType } from './activity-types.ts';

/** Who acts. An operator's id is that of a user of the home project. */
export type Actor =
  | { type: 'operator'; userID: string }
  | { type: 'admin_api'; keyID: string }
  | { type: 'user'; userID: string }
  | { type: 'command_line' }
  | { type: 'system' };

/** Where a request came from, as far as there was one. */
export interface Origin {
  ipAddress?: string;
  userAgent?: string;
  clientID?: string;
}

/** Who acts and from where; every act that changes something takes it. */
export interface Acting {
  actor: Actor;
  origin: Origin;
}

/** What to record. `data` is JSON and never holds a secret. */
export interface NewAuditEntry {
  activityType: AuditActivityType;
  /** The user it is about; always one of the same project. */
  userID?: string;
  acting: Acting;
  data?: Record<string, unknown>;
}

/** Something that happened, as it was recorded. */
export interface AuditEntry {
  id: string;
  activityType: AuditActivityType;
  userID: string | null;
  actor: Actor;
  clientID: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  data: Record<string, unknown>;
  createdAt: Date;
}

/** Which entries are wanted. What is absent does not narrow; an empty list finds nothing. */
export interface AuditFilter {
  activityTypes?: readonly AuditActivityType[];
  userIDs?: readonly string[];
  /** Entries that name one of these addresses, or are about one of `addressOwners`. */
  emailAddresses?: readonly string[];
  phoneNumbers?: readonly string[];
  /** Who owns those addresses: `usersByAddresses` of users/ finds them. */
  addressOwners?: readonly string[];
  /** From this moment on. */
  rangeFrom?: Date;
  /** Before this moment. */
  rangeTo?: Date;
}

/** A page of a list: `limit` entries after one id, or (backward) before one. */
export interface AuditPageRequest {
  limit: number;
  backward?: boolean;
  /** The id of an entry. */
  after?: string;
  /** The id of an entry. */
  before?: string;
  /** By time; the newest first unless told. */
  sortDirection?: 'ASC' | 'DESC';
}

export interface AuditPage {
  /** In the order of the list, whichever way it was asked for. */
  items: AuditEntry[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}
