import type { JsonObject } from '../platform/database/index.ts';

/** The kinds of text a user can sign in with. */
export const LOGIN_ID_TYPES = ['email', 'phone', 'username'] as const;
export type LoginIDType = (typeof LOGIN_ID_TYPES)[number];

/** What messages call each of them. */
export const LOGIN_ID_WORDS: Record<LoginIDType, string> = {
  email: 'e-mail address',
  phone: 'phone number',
  username: 'username',
};

/** A login id in its three forms. */
export interface LoginID {
  type: LoginIDType;
  /** As it was typed, without the spaces around it and in the usual width. Mail goes to this one. */
  original: string;
  /** One spelling for all that count as the same; what people are shown. */
  normalized: string;
  /** What is compared, byte by byte: the normalized one, an e-mail's domain in its ASCII form. */
  uniqueKey: string;
}

/** A person, or whatever signs in. What is absent is null. */
export interface User {
  /** UUIDv7. */
  id: string;
  /** Claims of OpenID Connect Core 1.0, section 5.1, that somebody filled in; login ids are not among them. */
  standardAttributes: JsonObject;
  customAttributes: JsonObject;
  /** BCP 47. */
  locale: string | null;
  /** Raised to end every session; what was made under an older one is void. */
  sessionEpoch: number;
  /** Raised by each new password; what was proved under an older one is void. */
  passwordVersion: number;
  isDisabled: boolean;
  disableReason: string | null;
  isAnonymized: boolean;
  anonymizeAt: Date | null;
  deleteAt: Date | null;
  deleteReason: string | null;
  accountValidFrom: Date | null;
  accountValidUntil: Date | null;
  temporarilyDisabledFrom: Date | null;
  temporarilyDisabledUntil: Date | null;
  lastLoginAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** How the system finds a user. Unique in its project by type and unique key. */
export interface Identity {
  /** UUIDv7. */
  id: string;
  userID: string;
  type: LoginIDType | 'oauth';
  original: string;
  normalized: string;
  uniqueKey: string;
  claims: JsonObject;
  /** When somebody proved to own it; null where nobody has. */
  verifiedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}
