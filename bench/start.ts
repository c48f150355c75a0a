import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../tests/support/server.ts';
import { median, type Row, row } from './row.ts';

const RESTARTS = 5;
const FIRST_STARTS = 3;
/** Long enough for what starts late (the job runner, idle connections) to have settled. */
const SETTLE_MS = 5_000;
const POLL_MS = 5;

interface Started {
  ms: number;
  /** Resident memory of the Node process once it is idle, in MB; NaN unless it was asked for. */
  megabytes: number;
}

/** `npm start` until the first 200 on /readyz, then SIGTERM. */
async function start(dataDir: string, weigh = false): Promise<Started> {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), LATCHKEY_DATA_DIR: dataDir };
  const began = performance.now();
  const npm = spawn('npm', ['start', '--silent'], { env, stdio: 'ignore', detached: true });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) break;
    if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`);
    await pause(POLL_MS);
  }
  const ms = performance.now() - began;
  const server = serverBelow(npm);
  if (weigh) await pause(SETTLE_MS);
  const megabytes = weigh ? residentMegabytes(server) : Number.NaN;
  process.kill(server, 'SIGTERM');
  await new Promise((resolve) => npm.once('exit', resolve));
  return { ms, megabytes };
}

/** The process that npm's shell runs: the one below it whose command line is ours. */
function serverBelow(npm: ChildProcess): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === npm.pid || isBelow(parents.get(pid)));
  const found = [...parents.keys()].find((pid) => {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return isBelow(pid) && /node$/.test(words[0] ?? '') && words.some((word) => word.endsWith('latchkey.js'));
  });
  if (found === undefined) throw new Error('the server below npm was not found');
  return found;
}

const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** What npm and Node cost without us. */
function bareStart(): Started {
  const began = performance.now();
  execFileSync('npm', ['exec', '--offline', '--silent', '-c', 'node -e 0'], { stdio: 'ignore' });
  const ms = performance.now() - began;
  const print = 'process.stdout.write(String(process.memoryUsage.rss() / 1048576))';
  return { ms, megabytes: Number(execFileSync('node', ['-e', print], { encoding: 'utf8' })) };
}

/** How long a start takes, and what an idle server weighs. */
export async function run(): Promise<Row[]> {
  const firsts: number[] = [];
  const again: number[] = [];
  const bare = Array.from({ length: RESTARTS }, bareStart);
  let megabytes = Number.NaN;
  for (let round = 0; round < FIRST_STARTS; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
    try {
      firsts.push((await start(dataDir)).ms);
      if (round > 0) continue;
      for (let restart = 0; restart < RESTARTS; restart++) again.push((await start(dataDir)).ms);
      megabytes = (await start(dataDir, true)).megabytes;
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  const reference = median(bare.map(({ ms }) => ms));
  return [
    row('npm start to ready, data present (beside bare npm and node)', median(again), reference, 'ms', 1_000),
    row('npm start to ready, very first (beside bare npm and node)', median(firsts), reference, 'ms', 4_000),
    row(
      'idle memory of the Node process (beside bare node)',
      megabytes,
      median(bare.map((each) => each.megabytes)),
      'MB',
      150,
    ),
  ];
}
