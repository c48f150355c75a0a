import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPlace } from '../../server/src/platform/embedded-postgres/place.ts';
import { stopPostmaster } from '../../server/src/platform/embedded-postgres/postmaster.ts';
import { startEmbeddedPostgres } from '../../server/src/platform/embedded-postgres/server.ts';

const PREFIX = 'latchkey-test-';

/** A PostgreSQL that is thrown away: nothing is flushed to disk, and `stop` removes every trace of it. */
export interface TestPostgres {
  /** The address of its database `latchkey`; the role may make others. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a throwaway PostgreSQL below the system's folder for temporary files. */
export async function startTestPostgres(): Promise<TestPostgres> {
  await sweepAbandoned();
  const dataDir = temporaryFolder();
  const postgres = await startEmbeddedPostgres({
    dataDir,
    port: 0,
    log: { info() {}, warn: console.warn, error: console.error },
    durable: false,
    maxConnections: 200,
  });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      removeFolder(dataDir);
    },
  };
}

/** Makes an empty folder that {@link removeFolder}, or the next run, removes. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Removes a folder and all in it; what is already gone is fine. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** A test run that was killed could not clean up after itself, so the next one does. */
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? 0);
    if (owner === 0 || isRunning(owner)) continue;
    const folder = join(tmpdir(), name);
    try {
      await stopPostmaster(findPlace(folder), 0);
      removeFolder(folder);
    } catch {
      // It belongs to another user of this machine, whose own next run sweeps it.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
