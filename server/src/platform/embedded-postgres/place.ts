import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, accountForPostgres, canReach } from './account.ts';
import { EmbeddedPostgresError } from './errors.ts';

/** Where PostgreSQL keeps everything it owns, and who owns it. */
export interface Place {
  /** `<data folder>/postgres`: the folder itself, or a link to where the account can reach it. */
  entry: string;
  /** The real folder: cluster, password, log and socket. It may not exist yet. */
  home: string;
  /** The database cluster (PGDATA) inside `home`. */
  cluster: string;
  /** The account PostgreSQL runs under; undefined when it is this process's own. */
  account: Account | undefined;
  /** Whether `home` lies outside the data folder because the account cannot enter that. */
  elsewhere: boolean;
}

/**
 * Decides where the database below `dataDir` lives. It is `<dataDir>/postgres`, unless this process is root and
 * the account that PostgreSQL then runs under may not enter a folder above; in that case it is a folder of its
 * own below `stateDir`, and `<dataDir>/postgres` becomes a link to it, so that every later start finds it there.
 *
 * @param dataDir the server's data folder; made when missing.
 * @param stateDir where root keeps what the account must reach.
 * @throws EmbeddedPostgresError where the link leads nowhere or the files belong to another user.
 */
export function findPlace(dataDir: string, stateDir = '/var/lib/latchkey'): Place {
  const asRoot = process.getuid?.() === 0;
  mkdirSync(dataDir, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  const folder = realpathSync(dataDir);
  if (asRoot) chmodSync(folder, statSync(folder).mode | 0o011);
  const entry = join(folder, 'postgres');
  const linked = lstatSync(entry, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (linked && !existsSync(entry)) {
    throw new EmbeddedPostgresError(
      `${entry} points to ${readlinkSync(entry)}, which is gone: bring that folder back, or remove the link to ` +
        'start with an empty database.',
    );
  }
  const account = accountForPostgres(ownerOf(join(entry, 'cluster')));
  const reachable = !account || canReach(account, entry);
  let home = entry;
  if (linked) home = realpathSync(entry);
  else if (!reachable && existsSync(entry)) throw cannotReach(entry, account as Account);
  else if (!reachable) home = join(stateDir, nameFor(folder));
  const place = { entry, home, cluster: join(home, 'cluster'), account, elsewhere: home !== entry };
  refuseForeignOwner(place);
  return place;
}

/** Makes `<dataDir>/postgres` lead to a home that lies elsewhere. */
export async function linkPlace(place: Place): Promise<void> {
  if (!place.elsewhere || existsSync(place.entry)) return;
  await symlink(place.home, place.entry).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** The same for two starts at once, and another for a data folder that is made anew at the same path. */
function nameFor(dataDir: string): string {
  const { ino, birthtimeMs } = statSync(dataDir);
  return createHash('sha256').update(`${dataDir} ${ino} ${birthtimeMs}`).digest('hex').slice(0, 16);
}

function refuseForeignOwner(place: Place): void {
  const owner = ownerOf(place.cluster);
  const mine = process.getuid?.();
  if (owner === undefined || mine === undefined || mine === 0 || owner === mine) return;
  throw new EmbeddedPostgresError(
    `The database in ${place.home} belongs to the user with id ${owner}, and this is ${mine}: start as that user ` +
      `(as root, if root made it), or give it to this one with: chown -R ${mine} ${place.home}`,
  );
}

function cannotReach(entry: string, account: Account): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL runs as ${account.name} when the server runs as root, and that user may not enter ${entry}: move ` +
      'the data folder where it can (LATCHKEY_DATA_DIR), or start the server as the user who owns it.',
  );
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}
