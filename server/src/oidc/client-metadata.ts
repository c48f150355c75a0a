import type { ClientMetadata } from 'oidc-provider';
import type { Secrets } from '../platform/secrets.ts';
import { HOME, type Project } from '../projects/index.ts';
import { clientSecretPurpose } from './client-secret.ts';
import type { StoredClient } from './client-store.ts';
import type { ClientType } from './model.ts';

/** Whether an app of this type runs where a secret can be kept. */
export const hasSecret = (type: ClientType): boolean => type === 'web' || type === 'm2m';

const SIGNS_IN = {
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
} satisfies Partial<ClientMetadata>;

/** What an app of each type may ask for, in the words of OpenID Connect Dynamic Client Registration 1.0. */
const BY_TYPE: Record<ClientType, Partial<ClientMetadata>> = {
  spa: { ...SIGNS_IN, application_type: 'web', token_endpoint_auth_method: 'none' },
  web: { ...SIGNS_IN, application_type: 'web', token_endpoint_auth_method: 'client_secret_basic' },
  native: { ...SIGNS_IN, application_type: 'native', token_endpoint_auth_method: 'none' },
  m2m: {
    grant_types: ['client_credentials'],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_basic',
  },
};

/** A stored app as the library takes it, its secret opened. */
export function clientMetadata(secrets: Secrets, project: Project, client: StoredClient): ClientMetadata {
  const { clientID, secretSealed } = client;
  return {
    ...BY_TYPE[client.type],
    client_id: clientID,
    client_name: client.name,
    redirect_uris: client.redirectURIs,
    post_logout_redirect_uris: client.postLogoutRedirectURIs,
    backchannel_logout_uri: client.backchannelLogoutURI,
    backchannel_logout_session_required: client.backchannelLogoutURI !== undefined,
    ...(secretSealed === null
      ? {}
      : { client_secret: secrets.open(clientSecretPurpose(project.id, clientID), secretSealed).toString() }),
  };
}

/**
 * The apps that are part of the server: the user's settings in every project, the portal in the home project.
 * They have no row, so that their addresses follow the project's origin.
 */
export function builtInClients(project: Project): ClientMetadata[] {
  const builtIn = (clientID: string): ClientMetadata => ({
    ...BY_TYPE.spa,
    client_id: clientID,
    redirect_uris: [`${project.origin}/${clientID}/callback`],
    post_logout_redirect_uris: [`${project.origin}/${clientID}/`],
  });
  return [builtIn('settings'), ...(project.id === HOME ? [builtIn('portal')] : [])];
}
