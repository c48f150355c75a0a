import { AsyncLocalStorage } from 'node:async_hooks';
import type { Origin } from '../audit/index.ts';
import type { SessionPart } from '../sessions/index.ts';
import type { StoredToken } from './find-token.ts';

/**
 * What one request has seen and may act on. The library hands its adapters a model's payload and nothing
 * else; what they need besides stands here.
 */
export interface RequestScope {
  startedAt: Date;
  origin: Origin;
  /**
   * The session epoch under which this request has seen each user proved: by a session, a code, a token or a
   * finished login. What the request writes for a user carries it, so that nothing written after a
   * revocation outlives it, and nothing is written for a user whom the request has seen no proof of.
   */
  epochs: Map<string, number>;
  /** The apps' parts in a session when it was read, by session uid. */
  sessionParts: Map<string, SessionPart[]>;
  /** Tokens that are being read, by their hash: the library asks for one of each kind it could be at once. */
  reading: Map<string, Promise<StoredToken | undefined>>;
  /** Grants that came along with a token, by their id; each counts for the one look that follows. */
  grants: Map<string, Record<string, unknown>>;
  /** The session could not be written: it was ended, or got another id, while the request was under way. */
  sessionRefused: boolean;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** Runs the work as part of one request. */
export function inRequest<T>(startedAt: Date, origin: Origin, work: () => Promise<T>): Promise<T> {
  const scope: RequestScope = {
    startedAt,
    origin,
    epochs: new Map(),
    sessionParts: new Map(),
    reading: new Map(),
    grants: new Map(),
    sessionRefused: false,
  };
  return storage.run(scope, work);
}

/** The request that is being answered. */
export function requestScope(): RequestScope {
  const scope = storage.getStore();
  if (!scope) throw new Error('OpenID Connect was used outside of a request');
  return scope;
}

/** Notes a proof. The first one counts: a later one may be newer than what the request set out with. */
export function noteProof(user: { userID: string; sessionEpoch: number } | undefined): void {
  const { epochs } = requestScope();
  if (user && !epochs.has(user.userID)) epochs.set(user.userID, user.sessionEpoch);
}
