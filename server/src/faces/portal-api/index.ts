export type { PortalOidc } from './deps.ts';
export { createPortalApi, type PortalApi } from './portal-api.ts';
