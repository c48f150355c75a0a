export { createLogoutTasks } from './backchannel-logout/tasks.ts';
export { clientsOf } from './clients.ts';
export { createClient } from './create-client.ts';
export { keepTokens } from './keep-tokens.ts';
export {
  CLIENT_TYPES,
  type Client,
  type Clients,
  type ClientType,
  type CodeRedemption,
  type NewClient,
  type Oidc,
} from './model.ts';
export { createOidc } from './oidc.ts';
export type { OidcPages } from './pages.ts';
export { resealClientSecrets } from './reseal.ts';
export { sweepOidc } from './sweep.ts';
export { terminateOtherSessions } from './terminate-others.ts';
export { terminateSession } from './terminate-session.ts';
