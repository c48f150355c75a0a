import { randomUUID } from 'node:crypto';
import { type Acting, recordAudit } from '../audit/index.ts';
import { adminKeysStore } from './admin-keys-store.ts';
import { changeProject } from './change.ts';
import type { ProjectsDeps } from './deps.ts';
import { adminKeyNotFound } from './errors.ts';
import { generateRSA, publicJWK } from './key-pair.ts';
import type { AdminKey, Project } from './model.ts';
import type { RevisionCache } from './revision-cache.ts';

/** The keys of one project that sign requests to the Admin API. */
export interface AdminKeys {
  /** Makes a key. The private half (PKCS #8, PEM) is returned here and kept nowhere. */
  create(acting: Acting): Promise<{ keyID: string; privateKeyPEM: string }>;
  /** All keys, the revoked ones too, the newest first. */
  list(): Promise<AdminKey[]>;
  /** From the process's cache; a revoked key is found as well, with its `revokedAt`. */
  find(keyID: string): Promise<AdminKey | undefined>;
  /** Notes that the key was used now. */
  touch(keyID: string): Promise<void>;
  /** @throws NotFound `AdminKeyNotFound`, also for a key that is revoked already */
  revoke(keyID: string, acting: Acting): Promise<void>;
}

export type AdminKeyCache = RevisionCache<Map<string, AdminKey>>;

/** Makes the keys of one project. */
export function adminKeysOf(deps: ProjectsDeps, cache: AdminKeyCache, project: Project): AdminKeys {
  const { clock, database } = deps;
  const db = database.forProject(project.id);
  return {
    async create(acting) {
      const keyID = randomUUID();
      const { privateKey, privateKeyPEM } = await generateRSA();
      await changeProject(deps, project, async (tx) => {
        await adminKeysStore(tx).insert(
          { id: keyID, publicJWK: publicJWK(privateKey, keyID), createdBy: acting.actor },
          clock.now(),
        );
        await recordAudit(tx, clock, { activityType: 'ADMIN_KEY_CREATED', acting, data: { key_id: keyID } });
      });
      cache.forget(project.id);
      return { keyID, privateKeyPEM };
    },
    list: () => adminKeysStore(db).list(),
    find: async (keyID) => (await cache.get(project)).get(keyID),
    async touch(keyID) {
      const now = clock.now();
      await adminKeysStore(db).touch(keyID, now);
      const kept = (await cache.get(project)).get(keyID);
      if (kept) kept.lastUsedAt = now;
    },
    async revoke(keyID, acting) {
      await changeProject(deps, project, async (tx) => {
        if (!(await adminKeysStore(tx).revoke(keyID, clock.now()))) throw adminKeyNotFound();
        await recordAudit(tx, clock, { activityType: 'ADMIN_KEY_REVOKED', acting, data: { key_id: keyID } });
      });
      cache.forget(project.id);
    },
  };
}
