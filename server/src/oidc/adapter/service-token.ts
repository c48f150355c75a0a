import type { Adapter } from 'oidc-provider';
import { recordAudit } from '../../audit/index.ts';
import { sha256 } from '../../platform/ids.ts';
import { artifactStore } from '../artifact-store.ts';
import { requestScope } from '../request-scope.ts';
import type { AdapterDeps } from './deps.ts';
import { tokenAdapter } from './token.ts';

/** A service may ask for a token as often as it likes: only its first in an hour is recorded, by each process. */
const RECORDED_EVERY_MS = 60 * 60 * 1_000;

/** Tokens of apps that act for themselves: nobody's, so under no grant and no session epoch. */
export function serviceTokenAdapter(deps: AdapterDeps): Partial<Adapter> {
  const { db, clock } = deps;
  const model = 'ClientCredentials';
  const recordedAt = new Map<string, number>();
  const isDue = (clientID: string, now: Date): boolean =>
    now.getTime() - (recordedAt.get(clientID) ?? 0) >= RECORDED_EVERY_MS;

  return {
    ...tokenAdapter(deps, model),

    async upsert(id, { jti: _jti, ...payload }, expiresIn = 0) {
      const now = clock.now();
      const { clientId: clientID = '' } = payload;
      const expiresAt = new Date(now.getTime() + expiresIn * 1_000);
      const artifact = { idHash: sha256(id), payload, expiresAt };
      if (!isDue(clientID, now)) {
        await artifactStore(db, model).upsert(artifact, now);
        return;
      }
      await db.transaction(async (tx) => {
        await artifactStore(tx, model).upsert(artifact, now);
        await recordAudit(tx, clock, {
          activityType: 'M2M_TOKEN_CREATED',
          acting: { actor: { type: 'system' }, origin: { ...requestScope().origin, clientID } },
          data: { client_id: clientID },
        });
      });
      recordedAt.set(clientID, now.getTime());
    },
  };
}
