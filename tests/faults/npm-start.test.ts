import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPlace } from '../../server/src/platform/embedded-postgres/place.ts';
import { findRunning, stopPostmaster } from '../../server/src/platform/embedded-postgres/postmaster.ts';
import { removeFolder, temporaryFolder } from '../support/postgres.ts';
import { freePort } from '../support/server.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE = { timeout: 50_000 };

/** A checkout whose path holds what shells and URLs stumble over, with the build and the packages of this one. */
let folder: string;
let checkout: string;
let npm: ChildProcess | undefined;

beforeAll(async () => {
  folder = temporaryFolder();
  await chmod(folder, 0o711);
  checkout = join(folder, "Ada's log in & out (100% ü)");
  await mkdir(checkout);
  await copyFile(join(ROOT, 'package.json'), join(checkout, 'package.json'));
  await cp(join(ROOT, 'dist'), join(checkout, 'dist'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
});
afterAll(async () => {
  if (npm?.pid) toGroup(npm.pid, 'SIGKILL');
  await stopPostmaster(place(), 0);
  removeFolder(folder);
});

const place = () => findPlace(join(checkout, 'data'));

/** As a terminal sends a signal: to npm and the server at once. */
function toGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of them have ended.
  }
}

/** Runs `npm start` there, and waits until it serves. */
async function start() {
  const port = await freePort();
  const { PATH, HOME, TMPDIR } = process.env;
  npm = spawn('npm', ['start'], {
    cwd: checkout,
    env: { PATH, HOME, TMPDIR, PORT: String(port) },
    detached: true,
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const status = (path: string): Promise<number | undefined> =>
    fetch(`http://localhost:${port}${path}`).then(
      (response) => response.status,
      () => undefined,
    );
  await expect.poll(() => status('/readyz'), PATIENCE).toBe(200);
  return { npm, status, pid: npm.pid ?? 0, output: () => output };
}

it('serves from a path with blanks, quotes and other letters', async () => {
  const { status } = await start();
  expect(await status('/portal/')).toBe(200);
  expect(await status('/settings/signed-out')).toBe(200);
});

it.each([
  ['SIGTERM to npm', (pid: number) => process.kill(pid, 'SIGTERM')],
  ['Ctrl-C in the terminal', (pid: number) => toGroup(pid, 'SIGINT')],
])('stops in good order at %s, and the database with it', async (_what, stop) => {
  if (npm?.pid) toGroup(npm.pid, 'SIGKILL');
  const { npm: started, status, pid, output } = await start();
  const ended = once(started, 'exit');
  stop(pid);
  await ended;
  await expect.poll(output, PATIENCE).toContain('"msg":"stopping"');
  await expect.poll(() => findRunning(place()), PATIENCE).toBeUndefined();
  await expect.poll(() => status('/healthz'), PATIENCE).toBeUndefined();
});
