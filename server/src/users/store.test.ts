import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import type { Acting } from '../audit/index.ts';
import { type ManualClock, manualClock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import {
  countUsers,
  type Identity,
  insertUser,
  normalizeLoginID,
  searchUsers,
  type User,
  userStore,
  usersByAddresses,
} from './index.ts';

const acting: Acting = { actor: { type: 'system' }, origin: {} };
const clock: ManualClock = manualClock();
let test: TestDatabase;
let db: ProjectDb;
let other: ProjectDb;

beforeAll(async () => {
  test = await testDatabase();
  for (const id of ['one', 'two']) await insertProject(test.database, id);
  db = test.database.forProject('one');
  other = test.database.forProject('two');
});
afterAll(() => test.stop());

const insert = (username: string, into = db): Promise<User> =>
  insertUser(into, { clock }, { loginIDs: [normalizeLoginID('username', username)] }, acting);
const newest = { sortBy: 'CREATED_AT', sortDirection: 'DESC', limit: 10, backward: false } as const;

const identityOf = (user: User, type: Identity['type'], uniqueKey: string): Identity => ({
  id: newID(clock),
  userID: user.id,
  type,
  original: uniqueKey,
  normalized: uniqueKey,
  uniqueKey,
  claims: { sub: '1' },
  verifiedAt: clock.now(),
  createdAt: clock.now(),
  updatedAt: clock.now(),
});

it('sees nothing of another project, and changes nothing there', async () => {
  const user = await insert('elsewhere', other);
  const [identity] = await userStore(other).identitiesOf(user.id);
  const here = userStore(db);
  await here.setStatus(user.id, { ...user, isDisabled: true }, clock.now());
  await here.setProfile(user.id, { ...user, locale: 'de' }, [], clock.now());
  await here.remove(user.id);
  expect(await userStore(other).find(user.id)).toEqual(user);
  expect(await here.find(user.id)).toBeUndefined();
  expect(await here.findMany([user.id])).toEqual([]);
  expect(await here.findByIdentity('username', 'elsewhere')).toBeUndefined();
  expect(await here.findByAnyIdentity([{ type: 'username', uniqueKey: 'elsewhere' }])).toBeUndefined();
  expect(await here.findIdentity(identity?.id ?? '')).toBeUndefined();
  expect(await here.identitiesOf(user.id)).toEqual([]);
  expect(await here.identitiesOfMany([user.id])).toEqual([]);
  expect(await here.ownersOf('username', ['elsewhere'])).toEqual([]);
  expect(await db.transaction((tx) => userStore(tx).lock(user.id))).toBeUndefined();
  expect((await searchUsers(db, { ...newest, keyword: 'elsewhere' })).items).toEqual([]);
  expect((await searchUsers(db, { ...newest, keyword: user.id })).items).toEqual([]);
  expect(await countUsers(db, { keyword: 'elsewhere' })).toBe(0);
  expect(await usersByAddresses(db, { emailAddresses: ['elsewhere'] })).toEqual([]);

  await here.touchLogin(user.id, clock.now());
  await expect(here.raiseSessionEpoch(user.id)).rejects.toMatchObject({ reason: 'UserNotFound' });
  await expect(here.raisePasswordVersion(user.id)).rejects.toMatchObject({ reason: 'UserNotFound' });
  await expect(here.insertIdentity(identityOf(user, 'email', 'a@example.com'))).rejects.toThrow(
    /foreign key/,
  );
  expect(await userStore(other).find(user.id)).toEqual(user);
});

it('finds nothing by what is no id', async () => {
  const store = userStore(db);
  for (const id of ['', 'x', '\0', "' or true", 'e'.repeat(10_000)]) {
    expect(await store.find(id)).toBeUndefined();
    expect(await store.findMany([id])).toEqual([]);
    expect(await store.findIdentity(id)).toBeUndefined();
    expect(await store.identitiesOf(id)).toEqual([]);
    expect(await store.lock(id)).toBeUndefined();
    await store.touchLogin(id, clock.now());
    await expect(store.raiseSessionEpoch(id)).rejects.toMatchObject({
      kind: 'NotFound',
      reason: 'UserNotFound',
    });
  }
});

it('finds who has one of several login ids, the first that anybody has', async () => {
  const [left, right] = [await insert('left'), await insert('right')];
  const username = (uniqueKey: string) => ({ type: 'username', uniqueKey }) as const;
  const store = userStore(db);
  expect(await store.findByAnyIdentity([{ type: 'email', uniqueKey: 'left' }])).toBeUndefined();
  expect(await store.findByAnyIdentity([username('nobody'), username('right')])).toEqual(right);
  expect(await store.findByAnyIdentity([username('left'), username('right')])).toEqual(left);
  expect(await store.findByAnyIdentity([])).toBeUndefined();
});

it('finds many at once, whichever exist', async () => {
  const users = [await insert('many1'), await insert('many2')];
  const ids = users.map(({ id }) => id);
  const found = await userStore(db).findMany([...ids, newID(clock)]);
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
  const owners = (await userStore(db).identitiesOfMany(ids)).map(({ userID }) => userID);
  expect(new Set(owners)).toEqual(new Set(ids));
});

describe('counters', () => {
  it('go up by one each time, also when many raise them at once', async () => {
    const { id } = await insert('counter');
    const raised = await Promise.all(Array.from({ length: 8 }, () => userStore(db).raiseSessionEpoch(id)));
    expect(raised.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await userStore(db).raisePasswordVersion(id)).toBe(1);
    expect(await userStore(db).find(id)).toMatchObject({ sessionEpoch: 8, passwordVersion: 1 });
  });

  it('go back when the transaction fails', async () => {
    const { id } = await insert('rollback');
    const failing = db.transaction(async (tx) => {
      await userStore(tx).raiseSessionEpoch(id);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await userStore(db).find(id)).toMatchObject({ sessionEpoch: 0 });
  });
});

it('notes the latest login, whichever is noted last', async () => {
  const { id } = await insert('login');
  const early = new Date('2026-02-01T00:00:00Z');
  const late = new Date('2026-02-02T00:00:00Z');
  for (const [at, lastLoginAt] of [
    [early, early],
    [late, late],
    [early, late],
  ] as const) {
    await userStore(db).touchLogin(id, at);
    expect(await userStore(db).find(id)).toMatchObject({ lastLoginAt });
  }
});

it('keeps a locked user as it is until the transaction ends', async () => {
  const { id } = await insert('locked');
  let epochWhileLocked: number | undefined;
  let raising: Promise<number> | undefined;
  await db.transaction(async (tx) => {
    await userStore(tx).lock(id);
    raising = userStore(db).raiseSessionEpoch(id);
    await userStore(tx).raisePasswordVersion(id);
    epochWhileLocked = (await userStore(tx).lock(id))?.sessionEpoch;
  });
  expect(epochWhileLocked).toBe(0);
  expect(await raising).toBe(1);
  expect(await userStore(db).find(id)).toMatchObject({ sessionEpoch: 1, passwordVersion: 1 });
});

describe('one more identity', () => {
  it('finds the user, by search as well, and in the same transaction', async () => {
    const user = await insert('more');
    const failing = db.transaction(async (tx) => {
      await userStore(tx).insertIdentity(identityOf(user, 'email', 'dropped@example.com'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const added = ['first@example.com', 'second@example.com'].map((key) => identityOf(user, 'email', key));
    await Promise.all(added.map((identity) => userStore(db).insertIdentity(identity)));
    const hits = async (keyword: string) => (await searchUsers(db, { ...newest, keyword })).items.length;
    expect(await Promise.all(['dropped', 'first@', 'second@', 'more'].map(hits))).toEqual([0, 1, 1, 1]);
    expect(await userStore(db).findByIdentity('email', 'first@example.com')).toMatchObject({ id: user.id });
    expect(await userStore(db).identitiesOf(user.id)).toContainEqual(added[1]);
  });

  it('is refused where it is taken, and changes nothing', async () => {
    const [owner, late] = [await insert('owner'), await insert('late')];
    await userStore(db).insertIdentity(identityOf(owner, 'oauth', 'google 1'));
    await expect(userStore(db).insertIdentity(identityOf(late, 'oauth', 'google 1'))).rejects.toMatchObject({
      reason: 'InvariantViolated',
      info: { cause: { kind: 'DuplicatedIdentity' }, IdentityTypeIncoming: 'oauth' },
    });
    expect((await searchUsers(db, { ...newest, keyword: 'google' })).items).toMatchObject([{ id: owner.id }]);
  });
});
