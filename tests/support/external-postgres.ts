import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { accountForPostgres } from '../../server/src/platform/embedded-postgres/account.ts';
import { findPlace } from '../../server/src/platform/embedded-postgres/place.ts';
import { stopPostmaster } from '../../server/src/platform/embedded-postgres/postmaster.ts';
import { plainEnvironment, runAs } from '../../server/src/platform/embedded-postgres/run.ts';
import { removeFolder, temporaryFolder } from './postgres.ts';
import { freePort } from './server.ts';

/** Where Debian puts each PostgreSQL, in a folder named by its major version. */
const DEBIAN = '/usr/lib/postgresql';

const programs = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const newest = Math.max(...versions.filter((version) => version >= 15));
  return Number.isFinite(newest) ? join(DEBIAN, String(newest), 'bin') : undefined;
};

/** Whether this machine has a PostgreSQL beside ours; without it the tests that drive one are skipped. */
export const externalPostgresIsThere = programs() !== undefined;

/** A PostgreSQL that is not ours, as a database team would hand it out. */
export interface ExternalPostgres {
  port: number;
  /** Makes a database whose owner is no superuser, and returns its address. */
  createDatabase(options?: string): Promise<string>;
  /** Runs one statement as superuser. */
  administer(database: string, statement: string): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const SUPERUSER = 'postgres';

/** Starts the machine's PostgreSQL on a free port of the loopback address; connections need a password. */
export async function startExternalPostgres(): Promise<ExternalPostgres> {
  const bin = programs() ?? '';
  const account = accountForPostgres(undefined);
  // Laid out as the embedded one is, so that the next run finds and sweeps what a killed run leaves behind.
  const folder = temporaryFolder();
  const home = join(folder, 'postgres');
  const cluster = join(home, 'cluster');
  const passwordFile = join(home, 'password');
  const superPassword = randomBytes(16).toString('hex');
  const port = await freePort();
  const as = { env: plainEnvironment(), cwd: home, ...runAs(account) };
  await mkdir(cluster, { recursive: true });
  await writeFile(passwordFile, superPassword);
  for (const path of account ? [folder, home, cluster, passwordFile] : []) {
    await chown(path, account?.uid ?? 0, account?.gid ?? 0);
  }
  await chmod(cluster, 0o700);
  await promisify(execFile)(
    join(bin, 'initdb'),
    [
      ...['-D', cluster, '-U', SUPERUSER, `--pwfile=${passwordFile}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
    ],
    as,
  );
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    fsync: 'off',
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, ...given], { ...as, stdio: 'ignore' });

  const urlOf = (database: string, role = SUPERUSER, password = superPassword): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;

  async function administer(database: string, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  await untilAnswers(urlOf('postgres'), server);

  return {
    port,
    administer,
    async createDatabase(options = '') {
      const name = `team_${randomBytes(4).toString('hex')}`;
      const password = randomBytes(16).toString('hex');
      await administer('postgres', `create role ${name} login password '${password}'`);
      await administer('postgres', `create database ${name} owner ${name} ${options}`);
      return urlOf(name, name, password);
    },
    async stop() {
      await stopPostmaster(findPlace(folder), 0);
      removeFolder(folder);
    },
  };
}

const START_LIMIT_MS = 30_000;

/** Waits until a program that was just started answers like PostgreSQL under the address. */
export async function untilAnswers(url: string, program: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (program.exitCode !== null || Date.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => {});
    }
    await pause(20);
  }
}
