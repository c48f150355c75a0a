import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  insertProject,
  insertUserRow,
  type TestDatabase,
  testDatabase,
} from '../../../tests/support/database.ts';
import { manualClock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import { historyStore } from './history-store.ts';
import { authenticatorStore, passwordOf, passwordStore } from './store.ts';

const AT = new Date('2026-01-15T12:00:00Z');
const LATER = new Date('2026-01-16T12:00:00Z');
const clock = manualClock();

let test: TestDatabase;
let here: ProjectDb;
let there: ProjectDb;
let userID: string;
let id: string;

beforeAll(async () => {
  test = await testDatabase();
  for (const project of ['here', 'there']) await insertProject(test.database, project);
  here = test.database.forProject('here');
  there = test.database.forProject('there');
  userID = await insertUserRow(test.database, 'here');
  id = newID(clock);
  await passwordStore(here).insert(id, userID, 'hash 1', null, AT);
  await historyStore(here).insert(userID, 1, 'hash 1', AT);
  return () => test.stop();
});

describe('the store of authenticators', () => {
  it('shows them without their secrets', async () => {
    const expected = {
      id,
      userID,
      kind: 'primary',
      type: 'password',
      isDefault: true,
      expireAfter: null,
      isLocked: false,
      createdAt: AT,
      updatedAt: AT,
    };
    expect(await authenticatorStore(here).find(id)).toEqual(expected);
    expect(await authenticatorStore(here).ofUsers([userID, 'no uuid'])).toEqual([expected]);
    expect(await authenticatorStore(here).find('no uuid')).toBeUndefined();
  });

  it('sees and changes nothing of another project', async () => {
    expect(await authenticatorStore(there).find(id)).toBeUndefined();
    expect(await authenticatorStore(there).ofUsers([userID])).toEqual([]);
    expect(await passwordStore(there).find(userID)).toBeUndefined();
    expect(await passwordOf(there, userID)).toBeUndefined();
    expect(await passwordStore(there).replace(userID, 'hash 2', null, LATER)).toBe(false);
    expect(await passwordStore(there).setExpireAfter(userID, LATER)).toBe(false);
    await passwordStore(there).rehash(userID, 'hash 1', 'hash 2');
    await expect(passwordStore(there).insert(newID(clock), userID, 'hash 2', null, AT)).rejects.toThrow();
    expect(await passwordOf(here, userID)).toEqual({
      id,
      hash: 'hash 1',
      expireAfter: null,
      createdAt: AT,
      updatedAt: AT,
    });
  });

  it('holds one primary password of a user', async () => {
    await expect(passwordStore(here).insert(newID(clock), userID, 'hash 2', null, AT)).rejects.toThrow(
      /authenticators_one_password/,
    );
  });
});

describe('the count of wrong tries', () => {
  it('makes nobody wait for the disk, which would tell that there is somebody to count for', async () => {
    const waits = (user: string) =>
      here.transaction(async (tx) => {
        await sql`set local synchronous_commit = on`.execute(tx.kysely);
        await passwordStore(tx).countFailure(user);
        const { rows } = await sql<{ setting: string }>`
          select current_setting('synchronous_commit') as setting`.execute(tx.kysely);
        return rows[0]?.setting;
      });
    expect(await waits(userID)).toBe('off');
    expect((await passwordStore(here).find(userID))?.failedAttempts).toBe(1);
  });
});

describe('the history', () => {
  it('sees and changes nothing of another project', async () => {
    expect(await historyStore(there).hashes(userID, { newest: 10 })).toEqual([]);
    await historyStore(there).prune(userID, { newest: 0 });
    await expect(historyStore(there).insert(userID, 2, 'hash 2', AT)).rejects.toThrow();
    expect(await historyStore(here).hashes(userID, { newest: 10 })).toEqual(['hash 1']);
  });

  it('is the newest ones and those since a moment, whichever are more', async () => {
    const user = await insertUserRow(test.database, 'here');
    const history = historyStore(here);
    for (const version of [1, 2, 3]) await history.insert(user, version, `old ${version}`, AT);
    for (const version of [4, 5]) await history.insert(user, version, `new ${version}`, LATER);
    expect(await history.hashes(user, { newest: 1 })).toEqual(['new 5']);
    expect(await history.hashes(user, { newest: 0, since: LATER })).toEqual(['new 5', 'new 4']);
    expect(await history.hashes(user, { newest: 1, since: LATER })).toEqual(['new 5', 'new 4']);
    expect(await history.hashes(user, { newest: 3, since: LATER })).toEqual(['new 5', 'new 4', 'old 3']);
    await history.prune(user, { newest: 3, since: LATER });
    expect(await history.hashes(user, { newest: 10 })).toEqual(['new 5', 'new 4', 'old 3']);
    await history.prune(user, { newest: 1, since: LATER });
    expect(await history.hashes(user, { newest: 10 })).toEqual(['new 5', 'new 4']);
    await history.prune(user, { newest: 1 });
    expect(await history.hashes(user, { newest: 10 })).toEqual(['new 5']);
  });
});
