import { type Dialect, Kysely, PostgresDialect, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';
import { guardProjects } from './project-guard.ts';
import type { DB } from './types.ts';

/** A handle on the database that is bound to one project; every store is made from one. */
export interface ProjectDb {
  readonly projectID: string;
  readonly kysely: Kysely<DB>;
  /** For reads that may be a second old: lists, exports, the audit log. A replica may serve it. */
  readonly reader: Kysely<DB>;
  readonly inTransaction: boolean;
  /** Runs the work in one transaction: all or nothing. Inside a transaction it joins that one. */
  transaction<T>(work: (tx: ProjectDb) => Promise<T>): Promise<T>;
}

/** The database as a whole. Project data is reached through `forProject` only. */
export interface Database {
  /** For tables of the schema `instance`; refuses a project's table without its `project_id`. */
  readonly kysely: Kysely<DB>;
  /** Without that refusal: for migrations and chores that sweep all projects, and nothing else. */
  readonly acrossProjects: Kysely<DB>;
  forProject(projectID: string): ProjectDb;
  /** Takes the pool's connections down; queries after it fail. */
  close(): Promise<void>;
}

interface Options {
  url: string;
  /** A replica for reads that may be a second old. */
  readerURL?: string;
  /** Connections kept at the most; 10 unless told. */
  poolSize?: number;
  /** Told of a connection that broke, idle or not (the server restarted, say); the pool replaces it. */
  onIdleError?: (error: Error) => void;
}

const connectTimeoutMs = 10_000;

/** One pool with two handles on it: one that knows no projects, and one that keeps them apart. */
interface Opened {
  acrossProjects: Kysely<DB>;
  guarded: Kysely<DB>;
  close(): Promise<void>;
}

function openPool(url: string, options: Options): Opened {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'latchkey',
  });
  const tell = (error: Error): void => {
    if (!pool.ending) options.onIdleError?.(error);
  };
  // A connection that breaks at work says so to its own listeners only, and without one the process would end.
  pool.on('connect', (client) => client.on('error', tell));
  pool.on('error', () => {});
  const plain = new PostgresDialect({ pool });
  const guarded: Dialect = {
    createAdapter: () => plain.createAdapter(),
    createDriver: () => plain.createDriver(),
    createIntrospector: (kysely) => plain.createIntrospector(kysely),
    createQueryCompiler: () => guardProjects(new PostgresQueryCompiler()),
  };
  return {
    acrossProjects: new Kysely<DB>({ dialect: plain }),
    guarded: new Kysely<DB>({ dialect: guarded }),
    // Kysely ends a pool only where its own handle was used before.
    close: () => pool.end(),
  };
}

function projectHandle(projectID: string, kysely: Kysely<DB>, reader: Kysely<DB>): ProjectDb {
  return {
    projectID,
    kysely,
    reader,
    inTransaction: false,
    transaction: (work) =>
      kysely.transaction().execute((transaction) => {
        const inside: ProjectDb = {
          projectID,
          kysely: transaction,
          reader: transaction,
          inTransaction: true,
          transaction: (nested) => nested(inside),
        };
        return work(inside);
      }),
  };
}

/** Opens a pool on the PostgreSQL behind `url`. Nothing is connected before the first query. */
export function openDatabase(options: Options): Database {
  const { acrossProjects, guarded: kysely, close } = openPool(options.url, options);
  const replica = options.readerURL === undefined ? undefined : openPool(options.readerURL, options);
  const reader = replica?.guarded ?? kysely;
  return {
    kysely,
    acrossProjects,
    forProject: (projectID) => projectHandle(projectID, kysely, reader),
    async close() {
      await Promise.all([close(), replica?.close()]);
    },
  };
}
