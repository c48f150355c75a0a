import { join } from 'node:path';
import type { Place } from './place.ts';

/** The number in the socket's file name; nothing listens on it over the network. */
export const SOCKET_PORT = 5432;

/** The longest path a Unix socket may have on every system we run on (macOS: 104 bytes with its final zero). */
const LONGEST_SOCKET_PATH_BYTES = 103;

/** What a caller may choose about the running server. */
export interface Tuning {
  /** False gives up crash safety for speed; only for databases that are thrown away. Default true. */
  durable?: boolean;
  /** How many connections at once. Default 60. */
  maxConnections?: number;
}

/**
 * The folder of the server's Unix socket, or undefined where a socket's path would be too long (or the system
 * has none), so that it listens on loopback TCP instead.
 */
export function socketFolder(place: Place): string | undefined {
  if (process.platform === 'win32') return undefined;
  const folder = join(place.home, 'run');
  const bytes = Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}.lock`));
  return bytes <= LONGEST_SOCKET_PATH_BYTES ? folder : undefined;
}

/** The arguments of `postgres`: sized for a small machine, and never listening beyond this one. */
export function serverArguments(place: Place, tuning: Tuning, tcpPort: number): string[] {
  const folder = socketFolder(place);
  const settings: Record<string, string | number> = {
    ...(folder
      ? {
          listen_addresses: '',
          port: SOCKET_PORT,
          unix_socket_directories: quoted(folder),
          unix_socket_permissions: '0700',
        }
      : { listen_addresses: '127.0.0.1', port: tcpPort, unix_socket_directories: '' }),
    max_connections: tuning.maxConnections ?? 60,
    shared_buffers: '64MB',
    io_method: 'sync',
    max_wal_size: '512MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    ...(tuning.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', place.cluster, ...pairs];
}

/** The setting is a list: quotes keep a comma or a blank inside a path from dividing it. */
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
