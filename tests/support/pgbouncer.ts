import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountForPostgres } from '../../server/src/platform/embedded-postgres/account.ts';
import { plainEnvironment, runAs } from '../../server/src/platform/embedded-postgres/run.ts';
import { untilAnswers } from './external-postgres.ts';
import { removeFolder, temporaryFolder } from './postgres.ts';
import { freePort } from './server.ts';

const PROGRAM = '/usr/sbin/pgbouncer';

/** Whether this machine has PgBouncer; without it the tests that drive it are skipped. */
export const pgBouncerIsThere = existsSync(PROGRAM);

/** A PgBouncer before one database. */
export interface PgBouncer {
  /** The database's address by way of PgBouncer. */
  url: string;
  stop(): Promise<void>;
}

/** Fewer than a server's own pool, so that its connections do change backends all the time. */
const BACKENDS = 3;

/** Since 1.21 PgBouncer can carry named prepared statements over, where it is not told to leave that alone. */
function knowsPreparedStatements(): boolean {
  const [, minor = 0] = (
    /(\d+)\.(\d+)/.exec(execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' })) ?? []
  )
    .slice(1)
    .map(Number);
  return minor >= 21;
}

/**
 * Starts PgBouncer with pooling by transaction before the database of the address: what one session leaves
 * behind (settings, prepared statements, locks, listening) is somebody else's at the next transaction.
 */
export async function startPgBouncer(directURL: string): Promise<PgBouncer> {
  const direct = new URL(directURL);
  const database = direct.pathname.slice(1);
  const folder = temporaryFolder();
  const port = await freePort();
  const users = join(folder, 'users.txt');
  const config = join(folder, 'pgbouncer.ini');
  await writeFile(users, `"${direct.username}" "${direct.password}"\n`);
  await writeFile(
    config,
    [
      '[databases]',
      `${database} = host=${direct.hostname} port=${direct.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      `default_pool_size = ${BACKENDS}`,
      'max_client_conn = 200',
      ...(knowsPreparedStatements() ? ['max_prepared_statements = 0'] : []),
    ].join('\n'),
  );
  const account = accountForPostgres(undefined);
  for (const path of account ? [folder, users, config] : []) {
    await chown(path, account?.uid ?? 0, account?.gid ?? 0);
  }
  const as = { env: plainEnvironment(), cwd: folder, ...runAs(account) };
  const bouncer = spawn(PROGRAM, [config], { ...as, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => bouncer.once('exit', () => resolve()));

  direct.port = String(port);
  const url = direct.href;
  await untilAnswers(url, bouncer);

  return {
    url,
    async stop() {
      bouncer.kill('SIGTERM');
      await ended;
      removeFolder(folder);
    },
  };
}
