import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { type ManualClock, manualClock } from '../clock.ts';
import { openDatabase, type ProjectDb } from '../database/index.ts';
import { LatchkeyError } from '../errors.ts';
import { createSecrets } from '../secrets.ts';
import type { Block, RateLimit, RateLimits, Use } from './model.ts';
import { createRateLimits } from './rate-limits.ts';
import { sweepRateLimits } from './sweep.ts';

const MINUTE = 60_000;
const few: RateLimit = { name: 'few', max: 3, windowMs: 15 * MINUTE };
const many: RateLimit = { name: 'many', max: 50, windowMs: MINUTE };
const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');

let test: TestDatabase;
let db: ProjectDb;
let clock: ManualClock;
let blocks: Block[];
let limits: RateLimits;

const by = (limit: RateLimit, of = 'somebody'): Use => ({ limit, of });

/** The error of a refused use, or undefined where it passed. */
async function refusal(
  uses: Use[],
  on: RateLimits = limits,
  handle = db,
): Promise<LatchkeyError | undefined> {
  try {
    await on.use(handle, uses);
    return undefined;
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
}

const countOf = async (use: Use): Promise<number | undefined> => (await limits.peek(db, [use]))[0]?.count;

beforeAll(async () => {
  test = await testDatabase();
  await insertProject(test.database, 'home');
  await insertProject(test.database, 'other');
});
afterAll(() => test.stop());

beforeEach(async () => {
  await test.database.kysely.deleteFrom('instance.rate_limits').execute();
  db = test.database.forProject('home');
  clock = manualClock();
  blocks = [];
  limits = createRateLimits({
    clock,
    secrets,
    onBlock: async (_, block) => {
      blocks.push(block);
    },
  });
});

describe('a limit', () => {
  it('lets its number pass, then refuses until the window that began with the first use ends', async () => {
    for (let use = 0; use < few.max; use++) {
      expect(await refusal([by(few)])).toBeUndefined();
      clock.advance(MINUTE);
    }
    const error = await refusal([by(few)]);
    expect(error).toMatchObject({ kind: 'TooManyRequest', reason: 'RateLimited' });
    expect(error?.info).toEqual({ limit: 'few', retry_after_seconds: 12 * 60 });
    clock.advance(12 * MINUTE - 1);
    expect((await refusal([by(few)]))?.info).toMatchObject({ retry_after_seconds: 1 });
    clock.advance(1);
    expect(await refusal([by(few)])).toBeUndefined();
    expect(await countOf(by(few))).toBe(1);
  });

  it('counts each for themselves', async () => {
    for (let use = 0; use < few.max; use++) await limits.use(db, [by(few, 'alice')]);
    expect(await refusal([by(few, 'alice')])).toBeDefined();
    expect(await refusal([by(few, 'bob')])).toBeUndefined();
    expect(await refusal([by({ ...few, name: 'another' }, 'alice')])).toBeUndefined();
  });

  it('knows nothing of another project', async () => {
    for (let use = 0; use < few.max; use++) await limits.use(db, [by(few)]);
    const other = test.database.forProject('other');
    expect(await limits.peek(other, [by(few)])).toEqual([{ count: 0, endsAt: null }]);
    expect(await refusal([by(few)], limits, other)).toBeUndefined();
    await limits.clear(other, [by(few)]);
    expect(await countOf(by(few))).toBe(few.max);
  });

  it('keeps no text of whose uses it counts, and nothing that could be looked up without the secret', async () => {
    await limits.use(db, [by(few, 'alice@example.com')]);
    const [row] = await test.database.kysely.selectFrom('instance.rate_limits').selectAll().execute();
    expect(row?.key.toString('latin1')).not.toContain('alice');
    const stranger = createRateLimits({
      clock,
      secrets: createSecrets('another-secret-of-32-bytes-or-more!!'),
    });
    expect(await stranger.peek(db, [by(few, 'alice@example.com')])).toEqual([{ count: 0, endsAt: null }]);
  });

  it('is not counted in a transaction, which could take it back', async () => {
    await expect(db.transaction((tx) => limits.use(tx, [by(few)]))).rejects.toThrow('transaction');
  });
});

describe('several limits at once', () => {
  it('count all or none', async () => {
    for (let use = 0; use < few.max; use++) await limits.use(db, [by(few), by(many)]);
    expect((await refusal([by(many), by(few)]))?.info).toMatchObject({ limit: 'few' });
    expect(await countOf(by(many))).toBe(few.max);
    expect(await countOf(by(few))).toBe(few.max);
  });

  it('begin no window for a use that another limit refused', async () => {
    for (let use = 0; use < few.max; use++) await limits.use(db, [by(few)]);
    await refusal([by(few), by(many)]);
    expect(await limits.peek(db, [by(many)])).toEqual([{ count: 0, endsAt: null }]);
    clock.advance(14 * MINUTE);
    await limits.use(db, [by(many)]);
    const [{ endsAt } = {}] = await limits.peek(db, [by(many)]);
    expect(endsAt).toEqual(new Date(clock.now().getTime() + many.windowMs));
  });

  it('tell of the one that lasts longest', async () => {
    const short = { ...few, name: 'short', windowMs: MINUTE };
    for (let use = 0; use < few.max; use++) await limits.use(db, [by(short), by(few)]);
    expect((await refusal([by(short), by(few)]))?.info).toEqual({ limit: 'few', retry_after_seconds: 900 });
  });
});

describe('uses at the same moment', () => {
  it('pass exactly as many times as are free, in two processes, and count no other limit for the rest', async () => {
    const second = openDatabase({ url: test.url });
    try {
      const processes = [
        { handle: db, on: limits },
        { handle: second.forProject('home'), on: createRateLimits({ clock, secrets }) },
      ];
      const tries = Array.from({ length: 100 }, (_, index) => {
        const { handle, on } = processes[index % 2] as (typeof processes)[number];
        const uses = [by(few), by(many), by(many, `own ${index}`)];
        return refusal(index % 3 === 0 ? uses : uses.reverse(), on, handle);
      });
      const refused = (await Promise.all(tries)).filter((error) => error !== undefined);
      expect(refused).toHaveLength(100 - few.max);
      expect(await countOf(by(few))).toBe(few.max);
      expect(await countOf(by(many))).toBe(few.max);
      const own = Array.from({ length: 100 }, (_, index) => by(many, `own ${index}`));
      const counted = (await limits.peek(db, own)).filter(({ count }) => count > 0);
      expect(counted).toHaveLength(few.max);
    } finally {
      await second.close();
    }
  });

  it('never wait for each other in a circle, also where some are given back or forgotten', async () => {
    const keys = Array.from({ length: 6 }, (_, index) => by({ ...many, max: 1000 }, `key ${index}`));
    const work = Array.from({ length: 120 }, (_, index) => {
      const turned = [...keys.slice(index % 6), ...keys.slice(0, index % 6)];
      if (index % 3 === 0) return limits.settle(db, { giveBack: turned.slice(0, 3), clear: turned.slice(3) });
      return limits.use(db, turned);
    });
    await expect(Promise.all(work)).resolves.toBeDefined();
  });
});

describe('what is given back or forgotten', () => {
  it('frees one use, and never more than there were', async () => {
    for (let use = 0; use < few.max; use++) await limits.use(db, [by(few)]);
    await limits.giveBack(db, [by(few)]);
    expect(await refusal([by(few)])).toBeUndefined();
    expect(await refusal([by(few)])).toBeDefined();
    for (let use = 0; use < 10; use++) await limits.giveBack(db, [by(few)]);
    expect(await countOf(by(few))).toBe(0);
  });

  it('frees all uses, of this limit only', async () => {
    await limits.use(db, [by(few), by(many)]);
    await limits.use(db, [by(few), by(many)]);
    await limits.settle(db, { giveBack: [by(many)], clear: [by(few)] });
    expect(await limits.peek(db, [by(few), by(many)])).toEqual([
      { count: 0, endsAt: null },
      { count: 1, endsAt: new Date(clock.now().getTime() + many.windowMs) },
    ]);
  });
});

describe('a refusal', () => {
  it('is told of once in a window, however many there are at once', async () => {
    const use = () => refusal([by(few), by(many)]);
    for (let index = 0; index < few.max; index++) await use();
    await Promise.all(Array.from({ length: 20 }, use));
    await limits.giveBack(db, [by(few)]);
    await use();
    await use();
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ limit: few, endsAt: new Date(clock.now().getTime() + few.windowMs) });
    clock.advance(few.windowMs);
    for (let index = 0; index <= few.max; index++) await use();
    expect(blocks).toHaveLength(2);
  });

  it('is told of with what was said of the use', async () => {
    const usage = { userID: 'u', origin: { ipAddress: '192.0.2.1' } };
    for (let index = 0; index <= few.max; index++) await limits.use(db, [by(few)], usage).catch(() => {});
    expect(blocks).toMatchObject([usage]);
  });
});

it('the sweep removes what has ended, in every project, and nothing else', async () => {
  await limits.use(test.database.forProject('other'), [by(many)]);
  await limits.use(db, [by(many), by(few)]);
  clock.advance(many.windowMs);
  await sweepRateLimits({ database: test.database, clock });
  const rows = await test.database.kysely.selectFrom('instance.rate_limits').select('project_id').execute();
  expect(rows).toEqual([{ project_id: 'home' }]);
  expect(await countOf(by(few))).toBe(1);
});

it('what is counted at this moment is left by the sweep, which waits for nobody', async () => {
  await limits.use(db, [by(few, 'alice')]);
  await limits.use(db, [by(few, 'bob')]);
  clock.advance(few.windowMs);
  await test.database.kysely.transaction().execute(async (transaction) => {
    const first = transaction.selectFrom('instance.rate_limits').select('key').limit(1);
    const held = await first.forUpdate().execute();
    await sweepRateLimits({ database: test.database, clock });
    const left = await test.database.kysely.selectFrom('instance.rate_limits').select('key').execute();
    expect(left).toEqual(held);
  });
  await sweepRateLimits({ database: test.database, clock });
  expect(await test.database.kysely.selectFrom('instance.rate_limits').select('key').execute()).toEqual([]);
});
