import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { chmod, chown, lchown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { type Binaries, type BinaryPackage, prepareBinaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { linkPlace, type Place } from './place.ts';
import { run } from './run.ts';

/** The database role the server uses, a superuser of its own cluster. */
export const ROLE = 'latchkey';

/**
 * Makes sure that a cluster of our PostgreSQL version exists at `place`. A new one is built beside it and moved
 * there in one step: a start that is killed half way leaves nothing behind that looks like a database, and of
 * two starts at once one wins whole.
 *
 * @returns whether it was made just now, and the programs to run it.
 * @throws EmbeddedPostgresError when the cluster is of another major version, or cannot be made.
 */
export async function ensureCluster(
  place: Place,
  source: BinaryPackage,
): Promise<{ fresh: boolean; binaries: Binaries; copied: boolean }> {
  const fresh = !existsSync(place.home) || (await isEmpty(place.home));
  if (fresh) await createCluster(place, source);
  else checkVersion(place, source);
  await linkPlace(place);
  await giveTo(place.account, place.home);
  return { fresh, ...(await prepareBinaries(source, place.account, place.home)) };
}

/** The password of {@link ROLE}, as kept beside the cluster. */
export function readPassword(place: Place): string {
  const file = join(place.home, 'password');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The database's password cannot be read from ${file} (${(error as NodeJS.ErrnoException).code}): restore ` +
        'that file from the same backup as the database.',
    );
  }
}

/** Flushes a new cluster to the disk, which initdb left to the operating system. Resolves when done. */
export async function flushCluster(place: Place, binaries: Binaries): Promise<void> {
  await run(binaries.initdb, ['--sync-only', '-D', place.cluster], place.account, place.home);
}

async function createCluster(place: Place, source: BinaryPackage): Promise<void> {
  const unfinished = `${place.home}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const mode = place.account ? 0o711 : 0o700;
  try {
    await mkdir(dirname(place.home), { recursive: true, mode: 0o711 });
    await mkdir(unfinished, { mode });
    await mkdir(join(unfinished, 'cluster'), { mode: 0o700 });
    await mkdir(join(unfinished, 'run'), { mode: 0o700 });
    await giveTo(place.account, unfinished);
    const { binaries } = await prepareBinaries(source, place.account, unfinished);
    await initialize(unfinished, binaries, place.account);
    await rename(unfinished, place.home).catch((error) => {
      if (!existsSync(place.cluster)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function initialize(home: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  const password = join(home, 'password');
  await writeFile(password, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  if (account) await chown(password, account.uid, account.gid);
  const { code, stderr } = await run(
    binaries.initdb,
    [
      ...['-D', join(home, 'cluster'), '-U', ROLE, `--pwfile=${password}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--no-locale'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '-T', 'simple'],
      ...['--no-sync', '--no-instructions'],
    ],
    account,
    home,
  );
  if (account) await chown(password, 0, 0);
  if (code === 0) return;
  throw new EmbeddedPostgresError(
    `PostgreSQL could not make its files in ${dirname(home)}: ${lastLine(stderr)}. See that the disk has room and ` +
      'the folder can be written to, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

function checkVersion(place: Place, source: BinaryPackage): void {
  const file = join(place.cluster, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found === undefined) {
    throw new EmbeddedPostgresError(
      `${place.home} exists but holds no database (no cluster/PG_VERSION): restore it from a backup, or remove ` +
        'the folder to start with an empty database.',
    );
  }
  if (found === source.major) return;
  throw new EmbeddedPostgresError(
    `The database in ${place.home} was written by PostgreSQL ${found}, and this server brings PostgreSQL ` +
      `${source.major}: start the Latchkey version that wrote it, dump it with pg_dump, move ${place.entry} away, ` +
      'start this version and load the dump.',
  );
}

/**
 * PostgreSQL insists on owning its files, which a backup restored by root does not give it. Only these two
 * folders are the account's: what root itself reads, writes or runs lies where the account cannot change it.
 */
async function giveTo(account: Account | undefined, home: string): Promise<void> {
  if (!account) return;
  for (const folder of [join(home, 'cluster'), join(home, 'run')]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (lstatSync(folder).uid === account.uid) continue;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const path of [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))]) {
      await lchown(path, account.uid, account.gid);
    }
    await chmod(folder, 0o700);
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder)).length === 0;
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return line.replace(/^\S*(initdb|postgres): (error|fatal): /i, '').replace(/\.$/, '');
}
