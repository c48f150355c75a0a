import { createPrivateKey, randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { changeProject } from './change.ts';
import type { ProjectsDeps } from './deps.ts';
import { generateRSA, privateJWK, publicJWK } from './key-pair.ts';
import type { Project } from './model.ts';
import type { RevisionCache } from './revision-cache.ts';
import { signingKeysStore } from './signing-keys-store.ts';

/** The keys one project signs tokens with (RS256). */
export interface SigningKeys {
  /** Private JWKs, the active one first, then the next and the retired; made at first use. */
  jwks(): Promise<JWK[]>;
  /** Makes an active and a next key where there is no active one. */
  ensure(): Promise<void>;
}

export type SigningKeyCache = RevisionCache<JWK[]>;

/** A sealed key opens only as that key of that project. */
export const signingKeyPurpose = (projectID: string, keyID: string): string =>
  `signing-key:${projectID}:${keyID}`;

async function ensureSigningKeys(deps: ProjectsDeps, project: Project): Promise<void> {
  const { database, secrets, clock } = deps;
  const hasActive = (keys: { status: string }[]): boolean => keys.some(({ status }) => status === 'active');
  if (hasActive(await signingKeysStore(database.forProject(project.id)).list())) return;

  const made = await Promise.all(
    (['active', 'next'] as const).map(async (status) => {
      const id = randomUUID();
      const { privateKey, privateKeyPEM } = await generateRSA();
      const privateSealed = secrets.seal(signingKeyPurpose(project.id, id), privateKeyPEM);
      return { id, status, privateSealed, publicJWK: publicJWK(privateKey, id) };
    }),
  );
  await changeProject(deps, project, async (tx) => {
    const store = signingKeysStore(tx);
    await store.lock();
    const existing = await store.list();
    if (hasActive(existing)) return;
    for (const key of made) await store.insert(key, clock.now());
  });
}

/** Reads and opens the keys, making them first where there are none. */
export async function loadSigningKeys(deps: ProjectsDeps, project: Project): Promise<JWK[]> {
  await ensureSigningKeys(deps, project);
  const keys = await signingKeysStore(deps.database.forProject(project.id)).list();
  return keys.map(({ id, privateSealed }) => {
    const pem = deps.secrets.open(signingKeyPurpose(project.id, id), privateSealed);
    return privateJWK(createPrivateKey(pem), id);
  });
}

/** Makes the signing keys of one project. */
export const signingKeysOf = (deps: ProjectsDeps, cache: SigningKeyCache, project: Project): SigningKeys => ({
  jwks: () => cache.get(project),
  ensure: () => ensureSigningKeys(deps, project),
});
