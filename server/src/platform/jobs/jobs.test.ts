import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { manualClock, systemClock } from '../clock.ts';
import { createLog } from '../log.ts';
import { createHeartbeat, DEAD_AFTER_MS } from './heartbeat.ts';
import { addJob, createJobRunner, type JobRunner, type JobRunnerOptions, migrateJobs } from './index.ts';
import { LATEST_MIGRATION } from './migrate-jobs.ts';

let db: TestDatabase;
let runner: JobRunner | undefined;
const lines: string[] = [];
let onLine: (line: string) => void = () => {};
const log = createLog(
  { level: 'trace' },
  {
    write(line) {
      lines.push(line);
      onLine(line);
    },
  },
);

/** Waits for a line of the log. */
const logged = (text: string) =>
  new Promise<void>((resolve) => {
    onLine = (line) => {
      if (line.includes(text)) resolve();
    };
  });

beforeAll(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
  lines.length = 0;
  await sql`delete from graphile_worker._private_jobs`.execute(db.database.kysely);
  await sql`delete from instance.workers`.execute(db.database.kysely);
});
afterAll(() => db?.stop());

interface JobRow {
  id: string;
  task_identifier: string;
  attempts: number;
  last_error: string | null;
  locked_by: string | null;
  run_at: Date;
}

async function jobs(): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`select * from graphile_worker.jobs order by id`.execute(
    db.database.kysely,
  );
  return rows;
}

const workers = () => db.database.kysely.selectFrom('instance.workers').selectAll().execute();

async function start(tasks: JobRunnerOptions['tasks'], more: Partial<JobRunnerOptions> = {}) {
  runner = createJobRunner({ url: db.url, database: db.database, clock: systemClock, log, tasks, ...more });
  await runner.start();
}

/** A promise and what resolves it. */
const signal = <T = void>() => Promise.withResolvers<T>();

/** Locks the jobs as a worker of that id would. */
const lockJobs = (worker: string) =>
  sql`update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now()`.execute(
    db.database.kysely,
  );

const heartbeat = (id: string, clock = manualClock(), alone = false) =>
  createHeartbeat({ database: db.database, clock, log, id, alone });

describe('adding a job', () => {
  test('happens with the transaction, or not at all', async () => {
    const { database } = db;
    const failed = database.kysely.transaction().execute(async (tx) => {
      await addJob({ kysely: tx }, 'greet', { name: 'nobody' });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await jobs()).toEqual([]);

    await database.kysely.transaction().execute((tx) => addJob({ kysely: tx }, 'greet', { name: 'Ada' }));
    expect(await jobs()).toMatchObject([{ task_identifier: 'greet', attempts: 0 }]);
  });

  test('of the same key replaces the one that has not begun, and takes its time', async () => {
    const runAt = new Date('2099-01-01T00:00:00Z');
    await addJob(db.database, 'greet', { name: 'one' }, { jobKey: 'greeting' });
    await addJob(db.database, 'greet', { name: 'two' }, { jobKey: 'greeting', runAt });
    expect(await jobs()).toMatchObject([{ run_at: runAt }]);
  });
});

describe('running jobs', () => {
  test('hands the payload and the id of the job to its task', async () => {
    const seen = signal<unknown>();
    await start({ greet: async (payload, { id }) => seen.resolve({ payload, id }) });
    await addJob(db.database, 'greet', { name: 'Ada' });
    expect(await seen.promise).toEqual({ payload: { name: 'Ada' }, id: expect.stringMatching(/^\d+$/) });
  });

  test('stops only when what runs has ended, and leaves nothing behind', async () => {
    const [begun, finish] = [signal(), signal()];
    let hasEnded = false;
    await start({
      async slow() {
        begun.resolve();
        await finish.promise;
        hasEnded = true;
      },
    });
    await addJob(db.database, 'slow', {});
    await begun.promise;
    const stopped = runner?.stop();
    finish.resolve();
    await stopped;
    expect(hasEnded).toBe(true);
    expect(await jobs()).toEqual([]);
    expect(await workers()).toEqual([]);
  });

  test('keeps a job that throws for later, and logs the error but not the payload', async () => {
    const thrown = signal();
    await start({
      async fail() {
        thrown.resolve();
        throw new Error('the reason');
      },
    });
    await addJob(db.database, 'fail', { name: 'payload-of-the-job' });
    await thrown.promise;
    await runner?.stop();
    expect(await jobs()).toMatchObject([{ attempts: 1, last_error: 'the reason', locked_by: null }]);
    const errors = lines.filter((line) => line.includes('"level":"error"'));
    expect(errors.join('')).toContain('the reason');
    expect(lines.join('')).not.toContain('payload-of-the-job');
  });

  test('goes on after every connection was cut, in the middle of a job too', async () => {
    const cut = signal();
    const again = signal();
    const cutAll = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(db.database.kysely);
    await start({
      async cut() {
        await cutAll();
        cut.resolve();
      },
      again: async () => again.resolve(),
    });
    await addJob(db.database, 'cut', {});
    await cut.promise;
    await addJob(db.database, 'again', {});
    await again.promise;
  });

  test('begins anew when the database was away at the end of a job, and runs that job again', async () => {
    const maintenance = new pg.Client({ connectionString: inject('postgresURL') });
    await maintenance.connect();
    const name = new URL(db.url).pathname.slice(1);
    const isBack = signal();
    let runs = 0;
    await start({
      async survive() {
        runs += 1;
        if (runs > 1) return isBack.resolve();
        await maintenance.query(`alter database ${name} with allow_connections false`);
        await maintenance.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          name,
        ]);
      },
    });
    await addJob(db.database, 'survive', {});
    await logged('cannot start again yet');
    await maintenance.query(`alter database ${name} with allow_connections true`);
    await isBack.promise;
    await maintenance.end();
  });
});

describe('the locks of the dead', () => {
  test('are freed when their worker has been silent for long enough, and not before', async () => {
    const clock = manualClock();
    const [mine, theirs] = [heartbeat('mine', clock), heartbeat('theirs', clock)];
    await theirs.start();
    await mine.start();
    await addJob(db.database, 'greet', {});
    await lockJobs('theirs');

    for (let silence = 2_000; silence < DEAD_AFTER_MS; silence += 2_000) {
      clock.advance(2_000);
      await mine.beat();
    }
    expect(await jobs()).toMatchObject([{ locked_by: 'theirs' }]);
    clock.advance(2_000);
    await mine.beat();
    expect(await jobs()).toMatchObject([{ locked_by: null }]);
    expect((await workers()).map(({ id }) => id)).toEqual(['mine']);
    await Promise.all([mine.stop(), theirs.stop()]);
  });

  test('are freed at a start, when nobody knows the worker that holds them', async () => {
    await addJob(db.database, 'greet', {});
    await lockJobs('long gone');
    const mine = heartbeat('mine');
    await mine.start();
    expect(await jobs()).toMatchObject([{ locked_by: null }]);
    await mine.stop();
  });

  test('are freed at once where nobody else can be alive', async () => {
    const before = heartbeat('before');
    await before.start();
    await addJob(db.database, 'greet', {});
    await lockJobs('before');
    const careful = heartbeat('careful');
    await careful.start();
    expect(await jobs()).toMatchObject([{ locked_by: 'before' }]);
    const alone = heartbeat('alone', manualClock(), true);
    await alone.start();
    expect(await jobs()).toMatchObject([{ locked_by: null }]);
    await Promise.all([before.stop(), careful.stop(), alone.stop()]);
  });

  test('stay with workers that were silent while the database was away', async () => {
    const clock = manualClock();
    const [mine, theirs] = [heartbeat('mine', clock), heartbeat('theirs', clock)];
    await theirs.start();
    await mine.start();
    await addJob(db.database, 'greet', {});
    await lockJobs('theirs');
    clock.advance(10 * DEAD_AFTER_MS);
    await mine.beat();
    expect(await jobs()).toMatchObject([{ locked_by: 'theirs' }]);
    await Promise.all([mine.stop(), theirs.stop()]);
  });

  test('let the job run again when its process was killed', async () => {
    await addJob(db.database, 'deadly', {});
    const program = join(import.meta.dirname, 'killed.fixture.ts');
    const killed = spawnSync(process.execPath, [program, db.url], { encoding: 'utf8' });
    expect(killed.signal).toBe('SIGKILL');
    expect(await jobs()).toMatchObject([{ attempts: 1, locked_by: expect.any(String) }]);

    const seen = signal();
    await start({ deadly: async () => seen.resolve() }, { alone: true });
    await seen.promise;
  });
});

describe('the library', () => {
  test('has the last migration that we count on', async () => {
    const { rows } = await sql<{ latest: number }>`
      select max(id) as latest from graphile_worker.migrations`.execute(db.database.kysely);
    expect(rows[0]?.latest).toBe(LATEST_MIGRATION);
    const packaged = readdirSync('node_modules/graphile-worker/sql').sort().at(-1);
    expect(Number.parseInt(packaged ?? '', 10)).toBe(LATEST_MIGRATION);
    await migrateJobs(db.url);
  });

  test('takes no configuration from the folder it is started in', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-cwd-'));
    try {
      writeFileSync(join(folder, '.graphile-workerrc.cjs'), "throw new Error('it was run');");
      writeFileSync(join(folder, '.graphile-workerrc'), 'schema: elsewhere');
      const file = pathToFileURL(join(import.meta.dirname, 'load-library.ts')).href;
      const code = `const { loadLibrary } = await import(${JSON.stringify(file)});
        console.log(typeof (await loadLibrary()).run);`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(child).toMatchObject({ status: 0, stdout: 'function\n' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
