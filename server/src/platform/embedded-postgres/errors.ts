/**
 * The embedded PostgreSQL cannot be used. The message is one or two sentences for the person who starts the
 * server: what is wrong, and what to do about it.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
