export { type BorrowedPostgres, borrowEmbeddedPostgres } from './command.ts';
export { EmbeddedPostgresError } from './errors.ts';
export {
  type Crash,
  type EmbeddedOptions,
  type EmbeddedPostgres,
  type Notes,
  startEmbeddedPostgres,
} from './server.ts';
