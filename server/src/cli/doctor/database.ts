import { migrations } from '../../migrations.ts';
import type { Config } from '../../platform/config.ts';
import {
  checkServer,
  type DatabaseSetting,
  type MigrationState,
  migrationState,
  openDatabase,
} from '../../platform/database/index.ts';
import { borrowEmbeddedPostgres } from '../../platform/embedded-postgres/index.ts';
import { wordsForFailure } from '../failure.ts';
import { type Check, fine, notChecked, wrong } from './check.ts';

/** What is known of the database. It is set up when a server has run on it and this version could now. */
export interface DatabaseFindings {
  database: Check;
  migrations: Check;
  isSetUp: boolean;
}

/** What one address leads to. */
interface Reached {
  version: string;
  history: MigrationState;
}

/** Looks at the database of the settings, starting the embedded one where no server runs; changes nothing in it. */
export async function checkDatabase(config: Config): Promise<DatabaseFindings> {
  try {
    const { version, history } = await reach(config);
    const migrations = judge(history);
    const whose = config.databaseURL === undefined ? `embedded, in ${config.dataDir}` : 'of DATABASE_URL';
    return {
      database: fine(`PostgreSQL ${version}, ${whose}`),
      migrations,
      isSetUp: migrations.ok && history.applied.length > 0,
    };
  } catch (error) {
    return {
      database: wrong(wordsForFailure(error)),
      migrations: notChecked('the database'),
      isSetUp: false,
    };
  }
}

async function reach({ databaseURL, databaseDirectURL, dataDir }: Config): Promise<Reached> {
  if (databaseURL !== undefined) {
    if (databaseDirectURL !== undefined) await look(databaseDirectURL, 'DATABASE_DIRECT_URL');
    return look(databaseURL);
  }
  const postgres = await borrowEmbeddedPostgres({ dataDir });
  try {
    return await look(postgres.url);
  } finally {
    await postgres.stop();
  }
}

async function look(url: string, setting: DatabaseSetting = 'DATABASE_URL'): Promise<Reached> {
  const database = openDatabase({ url, poolSize: 1 });
  try {
    const version = await checkServer(database, setting);
    return { version, history: await migrationState(database, migrations) };
  } finally {
    await database.close();
  }
}

function judge({ applied, pending, unknown }: MigrationState): Check {
  if (unknown.length > 0) {
    return wrong(`a newer Latchkey has changed this database (${unknown.join(', ')}): run that version`);
  }
  if (applied.length === 0) return fine('an empty database, which the first start fills');
  if (pending.length > 0) return wrong(`not applied yet: ${pending.join(', ')}; starting the server does it`);
  return fine(`all ${applied.length} applied`);
}
