import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, runLatchkey, startServer, type TestServer } from '../support/server.ts';

const folders: string[] = [];

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** The database's first process, as it wrote itself down. */
async function postmasterOf(server: TestServer): Promise<number> {
  const text = await readFile(join(server.dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a running server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.remove());

  it('answers /healthz and /readyz under any host, and everything else under its own only', async () => {
    const ask = (path: string, headers: Record<string, string>) => rawGet(server.port, path, headers);
    expect((await ask('/healthz', { host: 'anything.example' })).status).toBe(200);
    expect((await ask('/readyz', { host: 'anything.example' })).status).toBe(200);
    const misdirected = await ask('/settings', { host: 'evil.example', accept: 'text/html' });
    expect(misdirected.status).toBe(421);
    expect(misdirected.headers['content-security-policy']).toContain("default-src 'none'");
    const forwarded = await ask('/settings', {
      host: `localhost:${server.port}`,
      'x-forwarded-host': 'evil.example',
    });
    expect(forwarded.status).toBe(303);
    expect(forwarded.headers.location).not.toContain('evil');
    expect((await ask('/settings', { host: 'bad host' })).status).toBe(400);
  });

  it('keeps the first-run link where only its owner reads it, and out of what it prints', async () => {
    const link = await server.firstRunLink();
    const { mode } = await stat(join(server.dataDir, 'first-run'));
    expect(mode & 0o777).toBe(0o600);
    expect(server.output()).not.toContain(new URL(link).searchParams.get('token'));
  });

  it('is not ready before the first-run link of this start stands there', async () => {
    const former = await server.firstRunLink();
    await server.stop();
    const started = server.start();
    const isReady = async () => (await fetch(`${server.origin}/readyz`)).status === 200;
    while (!(await isReady().catch(() => false))) await pause(1);
    expect(await server.firstRunLink()).not.toBe(former);
    await started;
  });

  it('keeps its secret where only its owner reads it', async () => {
    const { mode } = await stat(join(server.dataDir, 'secret'));
    expect(mode & 0o777).toBe(0o600);
    const secret = (await readFile(join(server.dataDir, 'secret'), 'utf8')).trim();
    expect(server.output()).not.toContain(secret);
  });

  it('is named to a second start on the same data, which is refused', async () => {
    const env = { LATCHKEY_DATA_DIR: server.dataDir, PORT: String(await freePort()) };
    const { status, stderr } = await runLatchkey(['start'], env);
    expect(status).toBe(1);
    expect(stderr).toContain(`process ${server.pid()}`);
    expect(stderr).toContain(`port ${server.port}`);
    expect(stderr).toContain('LATCHKEY_DATA_DIR');
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  });

  it('survives a crash of its database', async () => {
    process.kill(await postmasterOf(server), 'SIGKILL');
    await expect
      .poll(() => server.output(), { timeout: 30_000 })
      .toMatch(/PostgreSQL was started again|accepts connections again/);
    await expect
      .poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 30_000 })
      .toBe(200);
    expect((await fetch(`${server.origin}/settings/signed-out`)).status).toBe(200);
  });

  it('ends in good order at SIGTERM, and its database with it', async () => {
    const database = await postmasterOf(server);
    expect(await server.stop()).toBe(0);
    // What ended still has its number until the system's first process has taken note of it.
    await expect.poll(() => isRunning(database), { timeout: 10_000 }).toBe(false);
    await server.start();
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  });

  it('takes over the database that a killed one left running', async () => {
    const database = await postmasterOf(server);
    await server.kill();
    expect(isRunning(database)).toBe(true);
    await server.start();
    expect(await postmasterOf(server)).toBe(database);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  });
});

describe('a start that must be refused', () => {
  it('says that its port is in use and how to choose another', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const { status, stderr } = await runLatchkey(['start'], {
      LATCHKEY_DATA_DIR: await emptyFolder(),
      PORT: String(port),
    });
    taken.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${port}`);
    expect(stderr).toMatch(/PORT=\d+/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('names every wrong setting with its fix, and starts nothing', async () => {
    const folder = await emptyFolder();
    const { status, stderr } = await runLatchkey(['start'], {
      LATCHKEY_DATA_DIR: folder,
      PORT: 'eighty',
      PUBLIC_ORIGIN: 'http://login.example.com',
      LATCHKEY_SECRET: 'short',
    });
    expect(status).toBe(1);
    for (const name of ['PORT', 'PUBLIC_ORIGIN', 'LATCHKEY_SECRET']) expect(stderr).toContain(name);
    await expect(stat(join(folder, 'postgres'))).rejects.toThrow();
  });

  it('says that the secret is not the one of the data', async () => {
    const server = await startServer();
    await server.stop();
    await writeFile(join(server.dataDir, 'secret'), 'another-secret-of-at-least-32-bytes!');
    const { status, stderr } = await server.latchkey(['start']);
    await server.remove();
    expect(status).toBe(1);
    expect(stderr).toContain('LATCHKEY_SECRET');
    expect(stderr).not.toContain('another-secret');
  });

  it('says that DATABASE_URL leads nowhere, without its password', async () => {
    const { status, stderr } = await runLatchkey(['start'], {
      LATCHKEY_DATA_DIR: await emptyFolder(),
      LATCHKEY_SECRET: 'a-secret-of-at-least-32-bytes-long!!',
      DATABASE_URL: `postgres://latchkey:hunter2-secret@127.0.0.1:${await freePort()}/latchkey`,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toContain('hunter2-secret');
  });
});

/** A request with a Host of one's choice, which fetch does not allow. */
async function rawGet(port: number, path: string, headers: Record<string, string>) {
  const { request } = await import('node:http');
  return new Promise<{ status: number; headers: Record<string, string | undefined> }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string> });
    })
      .on('error', reject)
      .end();
  });
}
