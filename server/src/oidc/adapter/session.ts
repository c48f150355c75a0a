import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { ProjectDb } from '../../platform/database/index.ts';
import { sha256 } from '../../platform/ids.ts';
import { announceEnd, endSession, partsOf, type StoredSession, sessionStore } from '../../sessions/index.ts';
import type { Library } from '../library.ts';
import { noteProof, requestScope } from '../request-scope.ts';
import type { AdapterDeps } from './deps.ts';

/** Longer ones are cut off: nobody reads on, and anybody can send them. */
const LONGEST_USER_AGENT = 500;

/**
 * The id that the session of this request had before it got another one. The library destroys the former id
 * and then writes the session under the new one; here both are one write, which carries the row over.
 */
const formerID = ({ Provider }: Library): string | undefined =>
  (Provider.ctx?.oidc.session as { oldId?: string } | undefined)?.oldId;

const clientIDsOf = (payload: Record<string, unknown>): string[] =>
  Object.keys((payload.authorizations as Record<string, unknown> | undefined) ?? {});

/** Login sessions: our own table `sessions`, one session and never two that can disagree. */
export function sessionAdapter({ db, clock, library }: AdapterDeps): Partial<Adapter> {
  const store = sessionStore(db);

  const present = ({ uid, payload }: StoredSession) => ({ ...payload, uid }) as AdapterPayload;

  return {
    async find(id) {
      const found = await store.find(sha256(id), clock.now());
      if (!found) return undefined;
      noteProof(found.user);
      requestScope().sessionParts.set(found.uid, partsOf(found.payload.authorizations));
      return { ...present(found), jti: id };
    },

    async findByUid(uid) {
      const found = await store.findStored(uid, clock.now());
      return found && present(found);
    },

    /**
     * A refused write is not an error: the request goes on as if the session had ended just after it, and
     * what it issued is void. Its cookie must not reach the browser, though, which may hold a better one.
     * An app that has no part in it any more (a logout of that app alone) is told.
     */
    async upsert(id, { jti: _jti, uid = '', ...payload }, expiresIn = 0) {
      const scope = requestScope();
      const { accountId: userID } = payload;
      const sessionEpoch = userID === undefined ? undefined : scope.epochs.get(userID);
      const former = formerID(library);
      const remaining = new Set(clientIDsOf(payload));
      const removed = scope.sessionParts.get(uid)?.filter(({ clientID }) => !remaining.has(clientID)) ?? [];
      const now = clock.now();
      const save = (where: ProjectDb): Promise<boolean> =>
        sessionStore(where).save(
          {
            uid,
            idHash: sha256(id),
            formerIDHash: former === undefined ? undefined : sha256(former),
            user: userID === undefined || sessionEpoch === undefined ? undefined : { userID, sessionEpoch },
            payload,
            removedClientIDs: removed.map(({ clientID }) => clientID),
            expiresAt: new Date(now.getTime() + expiresIn * 1_000),
            ipAddress: scope.origin.ipAddress,
            userAgent: scope.origin.userAgent?.slice(0, LONGEST_USER_AGENT),
          },
          now,
        );
      const saveAndTell = (user: string): Promise<boolean> =>
        db.transaction(async (tx) => {
          const saved = await save(tx);
          if (saved) await announceEnd(tx, user, removed);
          return saved;
        });
      const written =
        (userID === undefined) === (sessionEpoch === undefined) &&
        (userID === undefined || removed.length === 0 ? await save(db) : await saveAndTell(userID));
      if (!written) scope.sessionRefused = true;
    },

    async destroy(id) {
      if (id === formerID(library)) return;
      await endSession(db, { clock }, { idHash: sha256(id) }, requestScope().origin);
    },
  };
}
