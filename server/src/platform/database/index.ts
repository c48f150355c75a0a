export { type Migration, migrate } from './migrate.ts';
export { type Database, openDatabase, type ProjectDb } from './open.ts';
export type { DB, Json, JsonObject, JsonValue } from './types.ts';
