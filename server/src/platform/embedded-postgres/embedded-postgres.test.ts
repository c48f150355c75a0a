import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../../../../tests/support/postgres.ts';
import { borrowEmbeddedPostgres, type Crash, type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { findPlace } from './place.ts';
import { isPostmasterOf, readPidFile, stopPostmaster } from './postmaster.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) {
    const place = existsSync(join(folder, 'postgres')) ? findPlace(folder) : undefined;
    if (place) await stopPostmaster(place, 0);
    if (place) removeFolder(place.home);
    removeFolder(folder);
  }
});

function newFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

function start(
  dataDir: string,
  more: { stateDir?: string; said?: string[]; durable?: boolean } = {},
): Promise<EmbeddedPostgres> {
  const say = (message: string) => void more.said?.push(message);
  return startEmbeddedPostgres({
    dataDir,
    port: 4000,
    log: { info: say, warn: say, error: say },
    durable: more.durable ?? false,
    stateDir: more.stateDir,
  });
}

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** A server in a process of its own. */
async function startElsewhere(dataDir: string, port = 0) {
  const program = join(import.meta.dirname, 'hold.fixture.ts');
  const child = spawn(process.execPath, [program, dataDir, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said: JSON.parse(line) as { url?: string; adopted?: boolean; refused?: string } };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function pidOf(dataDir: string): number {
  return readPidFile(findPlace(dataDir))?.pid ?? 0;
}

describe('startEmbeddedPostgres', () => {
  it('makes a UTF-8 database with the builtin locale, whatever the environment says', async () => {
    const dataDir = newFolder();
    process.env.PGPORT = '1';
    const postgres = await start(dataDir).finally(() => delete process.env.PGPORT);
    expect(
      await ask(
        postgres.url,
        `select pg_encoding_to_char(encoding), datlocprovider, datlocale, upper('größe ö'), current_setting('timezone')
         from pg_database where datname = current_database()`,
      ),
    ).toEqual([['UTF8', 'b', 'C.UTF-8', 'GRÖßE Ö', 'UTC']]);
    for (const name of ['pg_trgm', 'btree_gin', 'unaccent', 'citext']) {
      await ask(postgres.url, `create extension ${name}`);
    }
    expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    await postgres.stop();
  });

  it('lets nobody in without the password', async () => {
    const postgres = await start(newFolder());
    const url = new URL(postgres.url);
    url.password = 'guess';
    await expect(ask(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    await postgres.stop();
  });

  it('keeps the data over a restart, and leaves no process behind', async () => {
    const dataDir = newFolder();
    const first = await start(dataDir);
    await ask(first.url, 'create table kept as select 42 as answer');
    const pid = pidOf(dataDir);
    await first.stop();
    expect(isPostmasterOf(pid, findPlace(dataDir).cluster)).toBe(false);
    const second = await start(dataDir);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select answer from kept')).toEqual([[42]]);
    await second.stop();
  });

  it('adopts what a killed server left running', async () => {
    const dataDir = newFolder();
    const first = await startElsewhere(dataDir);
    await ask(first.said.url as string, 'create table kept as select 1 as answer');
    const pid = pidOf(dataDir);
    await kill(first.child);
    const said: string[] = [];
    const second = await start(dataDir, { said });
    expect(second.adopted).toBe(true);
    expect(pidOf(dataDir)).toBe(pid);
    expect(said).toEqual([expect.stringContaining('adopted')]);
    expect(await ask(second.url, 'select answer from kept')).toEqual([[1]]);
    await second.stop();
    expect(isPostmasterOf(pid, findPlace(dataDir).cluster)).toBe(false);
  });

  it('refuses a second start on the same data, and names the first', async () => {
    const dataDir = newFolder();
    const first = await startElsewhere(dataDir, 4711);
    const refused = start(dataDir);
    await expect(refused).rejects.toThrow(
      new RegExp(
        `A server already runs .*process ${first.child.pid}, port 4711, since 20\\S+Z\\. Stop it first`,
      ),
    );
    expect(await ask(first.said.url as string, 'select 1')).toEqual([[1]]);
  });

  it('lets one of two first starts at once win', async () => {
    const dataDir = newFolder();
    const both = await Promise.all([startElsewhere(dataDir, 1), startElsewhere(dataDir, 2)]);
    expect(both.filter(({ said }) => said.url)).toHaveLength(1);
    expect(both.find(({ said }) => said.refused)?.said.refused).toMatch(/A server already runs/);
  });

  it.each([
    ['the id of a process that is something else', process.pid],
    ['the id of a process that is gone', 2 ** 22 - 7],
  ])('is not fooled by a postmaster.pid with %s', async (_what, pid) => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop();
    const { cluster } = findPlace(dataDir);
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${pid}\n${cluster}\n1700000000\n5432\n\n\n  1 2\nready\n`,
    );
    const postgres = await start(dataDir);
    expect(await ask(postgres.url, 'select 1')).toEqual([[1]]);
    await postgres.stop();
  });

  it('is not fooled by locks of a time before, with the id of what the same account runs now', async () => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop();
    const place = findPlace(dataDir);
    const { account, cluster, home } = place;
    const other = spawn('sleep', ['60'], { stdio: 'ignore', ...(account && { uid: account.uid }) });
    children.push(other);
    await once(other, 'spawn');
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${other.pid}\n${cluster}\n1700000000\n5432\n\n\n  1 2\nready\n`,
    );
    writeFileSync(join(home, 'run/.s.PGSQL.5432.lock'), `${other.pid}\n${cluster}\n1700000000\n5432\n`);
    const postgres = await start(dataDir);
    expect(await ask(postgres.url, 'select 1')).toEqual([[1]]);
    await postgres.stop();
    expect(other.exitCode).toBeNull();
  });

  it('waits for what a killed PostgreSQL leaves behind, which still writes for a while', async () => {
    const dataDir = newFolder();
    const crashes: Crash[] = [];
    const postgres = await start(dataDir);
    postgres.onCrash((crash) => crashes.push(crash));
    const busy = new pg.Client({ connectionString: postgres.url });
    busy.on('error', () => {});
    await busy.connect();
    const worked = busy.query('select count(*) from generate_series(1, 12000000)').catch(() => {});
    const active = "select 1 from pg_stat_activity where state = 'active' and query like '%(1, 12000000)'";
    await expect.poll(() => ask(postgres.url, active)).toEqual([[1]]);
    process.kill(readPidFile(findPlace(dataDir))?.pid ?? 0, 'SIGKILL');
    await worked;
    await expect.poll(() => crashes, { timeout: 30_000 }).toEqual([{ restarted: true }]);
    expect(await ask(postgres.url, 'select 1')).toEqual([[1]]);
    await postgres.stop();
  });

  it('listens on loopback TCP where the path is too long for a socket', async () => {
    const dataDir = join(newFolder(), 'a-folder-with-a-long-name'.repeat(5));
    const postgres = await start(dataDir);
    expect(new URL(postgres.url).hostname).toBe('127.0.0.1');
    expect(await ask(postgres.url, 'show listen_addresses')).toEqual([['127.0.0.1']]);
    await postgres.stop();
  });

  it('works below a path with blanks, commas, quotes and other letters', async () => {
    const dataDir = join(newFolder(), `a, b "c" 'd' %41 ö`);
    const postgres = await start(dataDir);
    expect(postgres.home).toBe(join(dataDir, 'postgres'));
    expect(await ask(postgres.url, 'show listen_addresses')).toEqual([['']]);
    await postgres.stop();
  });

  it('stops before data of another PostgreSQL version, with what to do', async () => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop();
    writeFileSync(join(findPlace(dataDir).cluster, 'PG_VERSION'), '16\n');
    await expect(start(dataDir)).rejects.toThrow(/written by PostgreSQL 16, .*dump it with pg_dump/);
  });

  it('says what PostgreSQL said when it does not start', async () => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop();
    removeFolder(join(findPlace(dataDir).cluster, 'global', 'pg_control'));
    await expect(start(dataDir)).rejects.toThrow(/does not start on .*: .+\. Its log is .*\/log/);
  });

  it('starts PostgreSQL again when it is killed', async () => {
    const dataDir = newFolder();
    const postgres = await start(dataDir, { durable: true });
    await ask(postgres.url, 'create table kept as select 7 as answer');
    const crash = new Promise<Crash>((resolve) => postgres.onCrash(resolve));
    process.kill(pidOf(dataDir), 'SIGKILL');
    expect(await crash).toEqual({ restarted: true });
    expect(await ask(postgres.url, 'select answer from kept')).toEqual([[7]]);
    await expect(start(dataDir)).rejects.toThrow(/A server already runs/);
    await postgres.stop();
  });

  it.runIf(isRoot)('goes where its account can reach, when root starts below a 0700 folder', async () => {
    const home = newFolder();
    const stateDir = newFolder();
    const dataDir = join(home, 'clone', 'data');
    mkdirSync(join(home, 'clone'));
    chmodSync(join(home, 'clone'), 0o700);
    const said: string[] = [];
    const first = await start(dataDir, { stateDir, said });
    expect(first.home.startsWith(stateDir)).toBe(true);
    expect(said).toEqual([expect.stringContaining(`the database lives in ${first.home}`)]);
    expect(lstatSync(join(dataDir, 'postgres')).isSymbolicLink()).toBe(true);
    await ask(first.url, 'create table kept as select 1 as answer');
    await first.stop();
    const second = await start(dataDir, { stateDir: '/nonexistent' });
    expect(await ask(second.url, 'select answer from kept')).toEqual([[1]]);
    await second.stop();
  });

  it.runIf(isRoot)('takes data back that a restore has left to root', async () => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop();
    const { spawnSync } = await import('node:child_process');
    spawnSync('chown', ['-R', '0:0', dataDir]);
    const postgres = await start(dataDir);
    expect(await ask(postgres.url, 'select 1')).toEqual([[1]]);
    await postgres.stop();
  });
});

describe('borrowEmbeddedPostgres', () => {
  it('starts PostgreSQL for as long as it is needed', async () => {
    const dataDir = newFolder();
    const first = await borrowEmbeddedPostgres({ dataDir });
    const second = await borrowEmbeddedPostgres({ dataDir });
    await first.stop();
    expect(await ask(second.url, 'select 1')).toEqual([[1]]);
    await second.stop();
    expect(existsSync(join(findPlace(dataDir).cluster, 'postmaster.pid'))).toBe(false);
  });

  it("uses a running server's, and leaves it running", async () => {
    const dataDir = newFolder();
    const postgres = await start(dataDir);
    const lent = await borrowEmbeddedPostgres({ dataDir });
    expect(await ask(lent.url, 'select 1')).toEqual([[1]]);
    await lent.stop();
    expect(await ask(postgres.url, 'select 1')).toEqual([[1]]);
    await postgres.stop();
  });

  it('leaves it to a server that started meanwhile', async () => {
    const dataDir = newFolder();
    const lent = await borrowEmbeddedPostgres({ dataDir });
    const postgres = await start(dataDir);
    await lent.stop();
    expect(await ask(postgres.url, 'select 1')).toEqual([[1]]);
    await postgres.stop();
    expect(readFileSync(join(dataDir, 'postgres', 'log'), 'utf8')).not.toMatch(/PANIC/);
  });
});
