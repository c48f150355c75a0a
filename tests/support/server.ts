import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const entry = join(import.meta.dirname, '../../dist/server/latchkey.js');

/** A port of the loopback address that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** What a command of the command line answered. */
export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** A real server in a process of its own, as `npm start` runs it. */
export interface TestServer {
  origin: string;
  port: number;
  dataDir: string;
  /** The process's id. */
  pid(): number;
  /** All the process has written so far. */
  output(): string;
  /** The one-time link that makes the first operator. */
  firstRunLink(): Promise<string>;
  /** Runs `latchkey …` against the same data. */
  latchkey(args: string[], input?: string): Promise<CommandResult>;
  /** Like `latchkey`, with `--json`; fails when the command does. */
  json<T = Record<string, unknown>>(args: string[], input?: string): Promise<T>;
  /** SIGTERM, waited for; the data stays. Returns the exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL, waited for. */
  kill(): Promise<void>;
  /** Starts it again on the same data, port and settings. */
  start(): Promise<void>;
  /** Stops and removes the data. */
  remove(): Promise<void>;
}

interface ServerOptions {
  /** Any free one unless told. */
  port?: number;
  env?: Record<string, string>;
  args?: string[];
}

function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'USER', 'LOGNAME'];
  return { ...Object.fromEntries(inherited.map((name) => [name, process.env[name]])), ...own };
}

function runCommand(args: string[], env: NodeJS.ProcessEnv, input = ''): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [entry, ...args], { env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ status, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

const startLimitMs = 60_000;

/** Runs `latchkey …` with settings of its own, where no server has to run: for starts that must be refused. */
export const runLatchkey = (args: string[], env: Record<string, string>): Promise<CommandResult> =>
  runCommand(args, environment(env));

/** Starts a server on a free port and fresh data, and waits until `/readyz` answers 200. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const port = options.port ?? (await freePort());
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-'));
  const env = environment({ PORT: String(port), LATCHKEY_DATA_DIR: dataDir, ...options.env });
  const origin = options.env?.PUBLIC_ORIGIN ?? `http://localhost:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  const ended = (): Promise<number | null> =>
    new Promise((resolve) => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
        resolve(child?.exitCode ?? null);
      } else child.once('exit', (code) => resolve(code));
    });

  const server: TestServer = {
    origin,
    port,
    dataDir,
    pid: () => child?.pid ?? 0,
    output: () => output,
    async firstRunLink() {
      const text = await readFile(join(dataDir, 'first-run'), 'utf8');
      const link = /https?:\/\/\S+/.exec(text)?.[0];
      if (link === undefined) throw new Error(`no link in first-run: ${text}`);
      return link;
    },
    latchkey: (args, input) => runCommand(args, env, input),
    async json<T>(args: string[], input?: string) {
      const result = await runCommand([...args, '--json'], env, input);
      if (result.status !== 0)
        throw new Error(`latchkey ${args.join(' ')}: ${result.stderr}${result.stdout}`);
      return JSON.parse(result.stdout) as T;
    },
    stop() {
      child?.kill('SIGTERM');
      return ended();
    },
    async kill() {
      child?.kill('SIGKILL');
      await ended();
    },
    async start() {
      child = spawn(process.execPath, ['--enable-source-maps', entry, 'start', ...(options.args ?? [])], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.on('data', (chunk) => {
        output += String(chunk);
      });
      child.stderr?.on('data', (chunk) => {
        output += String(chunk);
      });
      const deadline = Date.now() + startLimitMs;
      for (;;) {
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
        if (ready?.status === 200) return;
        if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output}`);
        if (Date.now() > deadline) throw new Error(`the server is not ready:\n${output}`);
        await pause(25);
      }
    },
    async remove() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return server;
}
