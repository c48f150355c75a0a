import type { Adapter, AdapterPayload, InteractionResults } from 'oidc-provider';
import { sha256 } from '../../platform/ids.ts';
import { type ArtifactOwner, artifactStore } from '../artifact-store.ts';
import { findInteraction } from '../find-interaction.ts';
import { noteProof } from '../request-scope.ts';
import type { AdapterDeps } from './deps.ts';

/** The login in an interaction's result, as `finishLogin` writes it. */
function ownerOf(result: InteractionResults | undefined): ArtifactOwner | undefined {
  if (!result?.login) return undefined;
  const { accountId: userID, sessionEpoch, passwordVersion } = result.login;
  if (typeof sessionEpoch !== 'number' || typeof passwordVersion !== 'number') {
    throw new Error('a finished login names the session epoch and the password version it was proved under');
  }
  return { userID, sessionEpoch, passwordVersion };
}

const withoutHint = ({ id_token_hint: _hint, ...rest }: Record<string, unknown>) => rest;

/**
 * The payload without what opens something: its own id, the address made of it, the session's cookie and an ID
 * token that came as a hint, which has done its work by then.
 */
function withoutTokens(payload: AdapterPayload): Record<string, unknown> {
  const { jti: _jti, returnTo: _returnTo, session: _session, params, prompt, ...rest } = payload;
  return {
    ...rest,
    params: params && withoutHint(params),
    prompt: prompt && { ...prompt, details: withoutHint(prompt.details) },
  };
}

/**
 * Authorization requests that wait for their login. A login that was overtaken by a newer password or by a
 * revocation is dropped when it is read: the request asks for a login again, and grants nothing.
 */
export function interactionAdapter({ db, clock, library, resumeAddress }: AdapterDeps): Partial<Adapter> {
  const store = artifactStore(db, 'Interaction');
  return {
    async find(id) {
      const found = await findInteraction(db, sha256(id), clock.now());
      if (!found) return undefined;
      const { result, ...rest } = found.payload;
      const payload = { ...rest, jti: id, returnTo: resumeAddress(id) };
      if (!found.owner) return payload as AdapterPayload;
      noteProof(found.owner);
      return { ...payload, result } as AdapterPayload;
    },

    async upsert(id, payload, expiresIn = 0) {
      const now = clock.now();
      const written = await store.upsert(
        {
          idHash: sha256(id),
          owner: ownerOf(payload.result),
          payload: withoutTokens(payload),
          expiresAt: new Date(now.getTime() + expiresIn * 1_000),
        },
        now,
      );
      if (!written) throw new library.errors.SessionNotFound('the login ended meanwhile');
    },

    destroy: (id) => store.revoke(sha256(id), clock.now()),
  };
}
