export { borrowEmbeddedPostgres } from './command.ts';
export { type Crash, type EmbeddedPostgres, startEmbeddedPostgres } from './server.ts';
