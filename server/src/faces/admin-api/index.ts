export { type AdminApi, createAdminApi } from './admin-api.ts';
export type { Operator } from './context.ts';
export { buildSchema, printSDL } from './schema/index.ts';
