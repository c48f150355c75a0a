export { alone } from './alone.ts';
export { databaseAnswers } from './answers.ts';
export { checkServer } from './check-server.ts';
export type { DatabaseSetting } from './errors.ts';
export { migrate } from './migrate.ts';
export type { Migration } from './migration.ts';
export { type MigrationState, migrationState } from './migration-state.ts';
export { type Database, openDatabase, type ProjectDb } from './open.ts';
export type { DB, JsonObject } from './types.ts';
