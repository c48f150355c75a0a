import type { CheckedClient } from './check-client.ts';

/** What can be changed of an app, as the audit log names it (RFC 7591, section 2). */
export const describeClient = (client: Omit<CheckedClient, 'type'>) => ({
  name: client.name,
  redirect_uris: client.redirectURIs,
  post_logout_redirect_uris: client.postLogoutRedirectURIs,
  client_uri: client.clientURI,
  initiate_login_uri: client.initiateLoginURI,
  backchannel_logout_uri: client.backchannelLogoutURI,
});
