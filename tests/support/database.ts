import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { migrations } from '../../server/src/migrations.ts';
import { manualClock } from '../../server/src/platform/clock.ts';
import { type Database, migrate, openDatabase } from '../../server/src/platform/database/index.ts';
import { newID } from '../../server/src/platform/ids.ts';
import { migrateJobs } from '../../server/src/platform/jobs/index.ts';

const TEMPLATE = 'latchkey_template';
/** Any number that nothing else locks: one worker makes the template while the others wait. */
const TEMPLATE_LOCK = 7_401_100;

/** A database of a test's own. */
export interface TestDatabase {
  database: Database;
  url: string;
  /** Closes the pool and drops the database. */
  stop(): Promise<void>;
}

/** Makes a fresh database with all migrations applied, on the PostgreSQL of this test run. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await maintain(async (client) => {
    await ensureTemplate(client);
    await client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  });
  const url = urlOf(name);
  const database = openDatabase({ url, onIdleError: () => {} });
  return {
    database,
    url,
    async stop() {
      await database.close();
      await maintain((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Inserts a project's row: `home`, or any other id. */
export async function insertProject(database: Database, id: string): Promise<void> {
  const at = new Date('2026-01-01T00:00:00Z');
  await database.kysely
    .insertInto('instance.projects')
    .values({ id, name: id, origin: `http://${id}.test`, created_at: at, updated_at: at })
    .execute();
}

/** Inserts the bare row of a user and returns its id: for tests of what refers to users. */
export async function insertUserRow(database: Database, projectID: string): Promise<string> {
  const id = newID(manualClock());
  const at = new Date('2026-01-01T00:00:00Z');
  await database.kysely
    .insertInto('users')
    .values({ project_id: projectID, id, created_at: at, updated_at: at })
    .execute();
  return id;
}

/** Calling it again is cheap; the first call of a run migrates. */
async function ensureTemplate(client: pg.Client): Promise<void> {
  if (await exists(client)) return;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  if (await exists(client)) return;
  const unfinished = `${TEMPLATE}_unfinished`;
  await client.query(`drop database if exists ${unfinished} with (force)`);
  await client.query(`create database ${unfinished}`);
  const database = openDatabase({ url: urlOf(unfinished), poolSize: 2 });
  try {
    await migrate(database, migrations);
    await migrateJobs(urlOf(unfinished));
  } finally {
    await database.close();
  }
  await client.query(`alter database ${unfinished} rename to ${TEMPLATE}`);
}

async function exists(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
  return rowCount === 1;
}

async function maintain<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf('latchkey') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(name: string): string {
  const url = new URL(inject('postgresURL'));
  url.pathname = `/${name}`;
  return url.href;
}
