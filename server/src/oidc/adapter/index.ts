import type { Adapter, AdapterFactory } from 'oidc-provider';
import type { AdapterDeps } from './deps.ts';
import { grantAdapter } from './grant.ts';
import { interactionAdapter } from './interaction.ts';
import { serviceTokenAdapter } from './service-token.ts';
import { sessionAdapter } from './session.ts';
import { tokenAdapter } from './token.ts';

const never = (what: string) => (): never => {
  throw new Error(`OpenID Connect asked its storage for what this server has no use for: ${what}`);
};

/** What most models have no use for. */
const UNUSED: Adapter = {
  upsert: never('upsert'),
  find: never('find'),
  findByUid: never('findByUid'),
  findByUserCode: never('findByUserCode'),
  consume: never('consume'),
  destroy: never('destroy'),
  revokeByGrantId: never('revokeByGrantId'),
};

/** Apps are handed to the Provider whole; one that it does not have does not exist. */
const clientAdapter: Partial<Adapter> = { find: async () => undefined };

/**
 * Where oidc-provider keeps what it makes. Its Session and Grant models are our tables `sessions` and
 * `grants`; the rest stands in `oidc_artifacts`. Rows are keyed by the SHA-256 of their token, and whatever
 * is a user's is read and written under the session epoch that it was proved under.
 */
export function createAdapter(deps: AdapterDeps): AdapterFactory {
  const adapterOf = (model: string): Partial<Adapter> => {
    if (model === 'Session') return sessionAdapter(deps);
    if (model === 'Grant') return grantAdapter(deps);
    if (model === 'Interaction') return interactionAdapter(deps);
    if (model === 'Client') return clientAdapter;
    if (model === 'ClientCredentials') return serviceTokenAdapter(deps);
    return tokenAdapter(deps, model);
  };
  return (model) => ({ ...UNUSED, ...adapterOf(model) });
}
