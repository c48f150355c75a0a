import type { Adapter, AdapterPayload } from 'oidc-provider';
import { sha256 } from '../../platform/ids.ts';
import { type ArtifactOwner, artifactStore } from '../artifact-store.ts';
import { findToken, type StoredToken } from '../find-token.ts';
import { noteProof, requestScope } from '../request-scope.ts';
import type { AdapterDeps } from './deps.ts';
import { endedMeanwhile } from './refusal.ts';

/** Codes, refresh tokens and access tokens. One of an app that was removed meanwhile is none. */
export function tokenAdapter(
  { db, clock, library, hasClient }: AdapterDeps,
  model: string,
): Partial<Adapter> {
  const store = artifactStore(db, model);

  /** Whose the new token is; undefined for nobody's, false where the request has seen no proof of its user. */
  const ownerOf = (userID: string | undefined): ArtifactOwner | undefined | false => {
    if (userID === undefined) return undefined;
    const sessionEpoch = requestScope().epochs.get(userID);
    return sessionEpoch === undefined ? false : { userID, sessionEpoch };
  };

  /** Reads it once, however many kinds it is asked for as at the same moment. */
  const read = (idHash: Buffer): Promise<StoredToken | undefined> => {
    const { reading } = requestScope();
    const key = idHash.toString('base64');
    const begun = reading.get(key);
    if (begun) return begun;
    const begins = findToken(db, idHash, clock.now()).finally(() => reading.delete(key));
    reading.set(key, begins);
    return begins;
  };

  return {
    async find(id) {
      const found = await read(sha256(id));
      if (found?.model !== model || !hasClient(String(found.payload.clientId))) return undefined;
      noteProof(found.owner);
      if (found.grant) requestScope().grants.set(String(found.payload.grantId), found.grant);
      // Used up by a request beside this one, it is refused below, in `consume`. The library would take it for
      // a stolen one instead and revoke what the other request is being given. Used up before this request
      // began, it is a stolen one, and all that came of it is revoked (RFC 9700, section 4.14.2).
      const replayed = found.consumedAt !== null && found.consumedAt <= requestScope().startedAt;
      return { ...found.payload, jti: id, ...(replayed ? { consumed: true } : {}) } as AdapterPayload;
    },

    async upsert(id, { jti: _jti, ...payload }, expiresIn = 0) {
      const owner = ownerOf(payload.accountId);
      const now = clock.now();
      const written =
        owner !== false &&
        (await store.upsert(
          {
            idHash: sha256(id),
            grantHash: payload.grantId === undefined ? undefined : sha256(payload.grantId),
            owner,
            payload,
            expiresAt: new Date(now.getTime() + expiresIn * 1_000),
          },
          now,
        ));
      if (!written) throw endedMeanwhile(library);
    },

    /** The library has looked whether it is used up and ignores what this says, so the loser is told by an error. */
    async consume(id) {
      if (!(await store.consume(sha256(id), clock.now()))) {
        throw new library.errors.InvalidGrant('used by another request at the same moment');
      }
    },

    destroy: (id) => store.revoke(sha256(id), clock.now()),
    revokeByGrantId: (grantID) => store.revokeByGrant(sha256(grantID), clock.now()),
  };
}
