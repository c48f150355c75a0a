/** A living login session, as operators and its user see it. */
export interface SessionInfo {
  /** Names the session through all its life; opens nothing. */
  uid: string;
  userID: string;
  /** The user's session epoch as of the login; an older one than the user's ends the session. */
  sessionEpoch: number;
  acr?: string;
  /** Authentication methods, RFC 8176. */
  amr: string[];
  /** The apps that were signed in to in this session. */
  clientIDs: string[];
  createdAt: Date;
  updatedAt: Date;
  lastAccessedAt: Date;
  createdIP?: string;
  lastIP?: string;
  userAgent?: string;
}

/** Who is signed in, and the session epoch under which it was proved. */
export interface SessionUser {
  userID: string;
  sessionEpoch: number;
}

/** A session as OpenID Connect keeps it; `payload` is opaque to everybody else. */
export interface StoredSession {
  uid: string;
  /** Absent where nobody is signed in. */
  user?: SessionUser;
  payload: Record<string, unknown>;
}

/** What is written of a session. */
export interface SessionWrite extends StoredSession {
  /** SHA-256 of the id in the browser's cookie. */
  idHash: Buffer;
  /** SHA-256 of the id that this one takes the place of. */
  formerIDHash?: Buffer;
  /** Apps whose part of the session is to go; those of other writers at the same moment stay. */
  removedClientIDs?: readonly string[];
  expiresAt: Date;
  ipAddress?: string;
  userAgent?: string;
}

/** An operator's session in the portal. */
export interface PortalSession {
  /** The login session it came from. */
  sessionUID: string;
  /** A user of the home project. */
  userID: string;
  sessionEpoch: number;
  /** When the operator last proved their password. */
  passwordProvedAt: Date;
  expiresAt: Date;
}
