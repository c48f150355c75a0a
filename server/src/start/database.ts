import { type DatabaseAddress, externalAddress } from '../capabilities.ts';
import type { Config } from '../platform/config.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import type { Log } from '../platform/log.ts';

/** The database a server runs on. */
export interface ServerDatabase extends DatabaseAddress {
  /** Called when the embedded database ended and could not be started again. */
  onLost(listener: (error: Error) => void): void;
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL, or takes the one of `DATABASE_URL`.
 * @throws EmbeddedPostgresError with what to do
 */
export async function startDatabase(config: Config, log: Log): Promise<ServerDatabase> {
  if (config.databaseURL !== undefined) {
    return { ...externalAddress(config, config.databaseURL), onLost: () => {}, stop: async () => {} };
  }
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, port: config.port, log });
  return {
    url: postgres.url,
    direct: postgres.url,
    onLost: (listener) =>
      postgres.onCrash((crash) => {
        if (!crash.restarted) listener(crash.error);
      }),
    stop: () => postgres.stop(),
  };
}
