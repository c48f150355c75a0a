import type { Kysely } from 'kysely';

/** One step of the database's history. Forward only, and safe while the version before it still runs. */
export interface Migration {
  /** `YYYYMMDDNN-what`; names sort into the one order over all capabilities. */
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a migration sees the database of its own day, which has no type
  up(db: Kysely<any>): Promise<void>;
}
