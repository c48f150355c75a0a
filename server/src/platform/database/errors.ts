/** The setting that a database's address comes from. */
export type DatabaseSetting = 'DATABASE_URL' | 'DATABASE_DIRECT_URL';

/** The PostgreSQL behind a setting cannot be used. The message says why and what to do, never the password. */
export class DatabaseUnusableError extends Error {
  override readonly name = 'DatabaseUnusableError';
}
