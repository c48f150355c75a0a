export { databaseAnswers } from './answers.ts';
export { type Migration, migrate } from './migrate.ts';
export { type Database, openDatabase, type ProjectDb } from './open.ts';
export { checkServerVersion, DatabaseVersionError } from './server-version.ts';
export type { DB, Json, JsonObject, JsonValue } from './types.ts';
