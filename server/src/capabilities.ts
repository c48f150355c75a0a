import { ensureAuditPartitions, recordBlock } from './audit/index.ts';
import { migrations } from './migrations.ts';
import { resealClientSecrets } from './oidc/index.ts';
import { createHasher, type Hasher } from './passwords/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { alone, checkServer, type Database, migrate, openDatabase } from './platform/database/index.ts';
import { borrowEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import { migrateJobs } from './platform/jobs/index.ts';
import type { Log } from './platform/log.ts';
import { createRateLimits, type RateLimits } from './platform/rate-limits/index.ts';
import { adoptSecrets, checkSecrets, type Reseal } from './platform/secret-rotation.ts';
import { resolveSecretList } from './platform/secret-source.ts';
import { createSecrets, type Secrets } from './platform/secrets.ts';
import { createProjects, type Projects, resealSettings, resealSigningKeys } from './projects/index.ts';

/** What every act is built from, on an open and migrated database. */
export interface Capabilities {
  config: Config;
  clock: Clock;
  log: Log;
  secrets: Secrets;
  database: Database;
  hasher: Hasher;
  rateLimits: RateLimits;
  projects: Projects;
  /** Gives everything back; acts after it fail. */
  close(): Promise<void>;
}

/** Where the database is; `direct` reaches it without a pooler, for migrations and jobs. */
export interface DatabaseAddress {
  url: string;
  direct: string;
}

interface Ground {
  config: Config;
  log: Log;
  /** Whether to build on the database as it is, and change nothing; it must be set up then. */
  looksOnly?: boolean;
}

/** What stays sealed for long; messages and the mailbox are erased within 24 hours. */
const RESEALS: readonly Reseal[] = [resealSigningKeys, resealSettings, resealClientSecrets];

/**
 * Opens the database, brings it up to date, seals what it holds under the first secret, and builds the
 * capabilities on it.
 * @throws DatabaseUnusableError, WrongSecretError, the failure of a migration or of the connection; all that was
 *   opened is closed then
 */
export async function buildCapabilities(
  { config, log, looksOnly = false }: Ground,
  address: DatabaseAddress,
): Promise<Capabilities> {
  const clock = systemClock;
  const secrets = createSecrets(resolveSecretList(config));
  const database = openDatabase({
    url: address.url,
    onIdleError: ({ message }) => log.warn({ reason: message }, 'an idle database connection ended'),
  });
  try {
    await checkServer(database);
    const projects = createProjects({ database, clock, secrets, config });
    if (looksOnly) await checkSecrets(database.kysely, secrets, RESEALS);
    else {
      await bringUpToDate(database, address);
      const count = await adoptSecrets(database.kysely, secrets, RESEALS);
      if (count > 0) log.info({ count }, 'sealed anew under the first secret of LATCHKEY_SECRET');
      await ensureAuditPartitions(database, clock);
      await projects.ensureHome();
    }
    return {
      config,
      clock,
      log,
      secrets,
      database,
      hasher: createHasher(),
      rateLimits: createRateLimits({ clock, secrets, onBlock: (db, block) => recordBlock(db, clock, block) }),
      projects,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens the capabilities for a command: on the database of `DATABASE_URL`, or on the embedded one, whether a
 * server runs on it or not.
 * @throws as `buildCapabilities` does; EmbeddedPostgresError
 */
export async function openCapabilities(ground: Ground): Promise<Capabilities> {
  const { config } = ground;
  if (config.databaseURL !== undefined) {
    return buildCapabilities(ground, externalAddress(config, config.databaseURL));
  }
  const postgres = await borrowEmbeddedPostgres({ dataDir: config.dataDir });
  try {
    const capabilities = await buildCapabilities(ground, { url: postgres.url, direct: postgres.url });
    return {
      ...capabilities,
      async close() {
        await capabilities.close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The address of a database that is not ours. */
export const externalAddress = (config: Config, url: string): DatabaseAddress => ({
  url,
  direct: config.databaseDirectURL ?? url,
});

/** Migrations hold session-level locks, so they go past a pooler. */
async function bringUpToDate(database: Database, { url, direct }: DatabaseAddress): Promise<void> {
  const migrating = direct === url ? database : openDatabase({ url: direct, poolSize: 3 });
  try {
    if (migrating !== database) await checkServer(migrating, 'DATABASE_DIRECT_URL');
    await alone(migrating, async () => {
      await migrate(migrating, migrations);
      await migrateJobs(direct);
    });
  } finally {
    if (migrating !== database) await migrating.close();
  }
}
