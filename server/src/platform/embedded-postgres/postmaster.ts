import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { basename, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';
import { plainEnvironment, runAs } from './run.ts';
import { SOCKET_PORT, serverArguments, socketFolder, type Tuning } from './server-arguments.ts';

const LOG_LIMIT_BYTES = 10_000_000;

/** What postmaster.pid says about the server that wrote it. */
export interface PidFile {
  pid: number;
  /** TCP port, or the number in the socket's name. */
  port: number;
}

/** Reads postmaster.pid, or undefined where there is none that a server could have written. */
export function readPidFile(place: Place): PidFile | undefined {
  try {
    const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds the PostgreSQL that runs on this cluster now. A postmaster.pid alone proves nothing: after a crash or in
 * a new container its id may be anybody's, so what runs under that id decides. A server that answers on the
 * cluster's own socket counts too, for it may run in another container.
 */
export async function findRunning(place: Place): Promise<PidFile | undefined> {
  const file = readPidFile(place);
  if (!file) return undefined;
  if (isPostmasterOf(file.pid, place.cluster)) return file;
  const folder = socketFolder(place);
  return folder && (await answers(join(folder, `.s.PGSQL.${SOCKET_PORT}`))) ? file : undefined;
}

/**
 * Starts PostgreSQL in a process group of its own, so that Ctrl-C in a terminal reaches only this server, which
 * then stops PostgreSQL last. Its messages go to `<home>/log`.
 *
 * @returns a function that says how the process ended (undefined while it runs).
 */
export async function spawnPostmaster(
  place: Place,
  binaries: Binaries,
  tuning: Tuning,
): Promise<() => string | undefined> {
  removeStaleLocks(place);
  const args = serverArguments(place, tuning, await freePort());
  const log = openLog(place);
  let ended: string | undefined;
  try {
    const child = spawn(binaries.postgres, args, {
      cwd: place.home,
      env: plainEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
      ...runAs(place.account),
    });
    child.on('error', (error) => {
      ended = error.message;
    });
    child.on('exit', () => {
      ended = lastLogLine(place);
    });
    child.unref();
  } finally {
    closeSync(log);
  }
  return () => ended;
}

/**
 * Stops the PostgreSQL of this cluster and resolves when its process is gone: at once for its clients, but with
 * everything committed flushed ("fast"); after `patienceMs` without a final checkpoint ("immediate").
 */
export async function stopPostmaster(place: Place, patienceMs = 15_000): Promise<void> {
  const running = await findRunning(place);
  if (!running) return;
  signal(running.pid, 'SIGINT');
  const patientUntil = performance.now() + patienceMs;
  let impatient = false;
  while (isPostmasterOf(running.pid, place.cluster)) {
    if (!impatient && performance.now() > patientUntil) {
      signal(running.pid, 'SIGQUIT');
      impatient = true;
    }
    await pause(5);
  }
}

/** The last serious line PostgreSQL wrote, without its time stamp. */
export function lastLogLine(place: Place): string {
  try {
    const lines = readFileSync(join(place.home, 'log'), 'utf8').trim().split('\n');
    const serious = lines.filter((line) => /(FATAL|PANIC|ERROR):/.test(line)).at(-1);
    return (serious ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').replace(/\.$/, '');
  } catch {
    return 'it wrote nothing';
  }
}

/** Resolves after `ms` milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether process `pid` is a PostgreSQL server on this cluster. */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (process.platform === 'win32') return isAlive(pid);
  const words = commandOf(pid);
  if (!words || basename(words[0] ?? '') !== 'postgres') return false;
  return words.includes(cluster) || workingFolderOf(pid) === cluster;
}

function commandOf(pid: number): string[] | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return execFileSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
      .trim()
      .split(' ');
  } catch {
    return undefined;
  }
}

function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * PostgreSQL itself removes the locks of a dead process, but takes any living one for a server of its own. The
 * caller has found that no server runs here.
 */
function removeStaleLocks(place: Place): void {
  const folder = socketFolder(place);
  const socketLock = folder && join(folder, `.s.PGSQL.${SOCKET_PORT}.lock`);
  for (const path of [join(place.cluster, 'postmaster.pid'), ...(socketLock ? [socketLock] : [])]) {
    const pid = existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8'), 10) : 0;
    if (pid > 0 && isAlive(pid) && !isPostmasterOf(pid, place.cluster)) rmSync(path, { force: true });
  }
}

function openLog(place: Place): number {
  const path = join(place.home, 'log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.on('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
