import type { Adapter, AdapterPayload } from 'oidc-provider';
import { sha256 } from '../../platform/ids.ts';
import { grantStore } from '../grant-store.ts';
import { requestScope } from '../request-scope.ts';
import type { AdapterDeps } from './deps.ts';
import { endedMeanwhile } from './refusal.ts';

/** Grants: what a user lets an app do. A grant's id opens nothing, so what rests on it may name it. */
export function grantAdapter({ db, clock, library }: AdapterDeps): Partial<Adapter> {
  const store = grantStore(db);
  return {
    async find(id) {
      const { grants } = requestScope();
      const known = grants.get(id);
      grants.delete(id);
      const payload = known ?? (await store.find(sha256(id), clock.now()));
      return payload && ({ ...payload, jti: id } as AdapterPayload);
    },

    async upsert(id, { jti: _jti, ...payload }, expiresIn = 0) {
      const { accountId: userID = '', clientId: clientID = '' } = payload;
      const sessionEpoch = requestScope().epochs.get(userID);
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + expiresIn * 1_000);
      const written =
        sessionEpoch !== undefined &&
        (await store.upsert({ idHash: sha256(id), userID, sessionEpoch, clientID, payload, expiresAt }, now));
      if (!written) throw endedMeanwhile(library);
    },

    async destroy(id) {
      requestScope().grants.delete(id);
      await store.revoke(sha256(id), clock.now());
    },
  };
}
