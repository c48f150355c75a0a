import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';

/** An operating-system account that PostgreSQL runs under. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const PREFERRED = ['latchkey', 'postgres', '_postgres', 'nobody'];

/**
 * Chooses the account for PostgreSQL, which refuses to run as root.
 *
 * @param ownerUID who owns an existing database, if there is one: its owner goes on running it.
 * @returns undefined when this process is not root, so that PostgreSQL runs under the same account.
 * @throws EmbeddedPostgresError when root finds no other account on this machine.
 */
export function accountForPostgres(ownerUID: number | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  const owner = ownerUID ? accounts.find((account) => account.uid === ownerUID) : undefined;
  if (owner) return owner;
  for (const name of PREFERRED) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (account) return account;
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, and this machine has no account called latchkey, postgres or nobody to ' +
      'run it under: start the server as another user, add an account called latchkey, or set DATABASE_URL.',
  );
}

/** Whether `account` may enter every folder above `path`, judged by the mode bits of each. */
export function canReach(account: Account, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!allows(account, folder, 0o1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Whether `account` has all of the permission bits `wanted` (4 read, 2 write, 1 execute) on `path` itself. */
export function allows(account: Account, path: string, wanted: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

function readAccounts(): Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4)
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}
