import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { type Acting, listAudit } from '../audit/index.ts';
import { type ManualClock, manualClock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { LatchkeyError } from '../platform/errors.ts';
import {
  insertUser,
  type LoginIDType,
  normalizeLoginID,
  searchUsers,
  userStore,
  usersByAddresses,
} from './index.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: {} };
let test: TestDatabase;
let clock: ManualClock;
let db: ProjectDb;
let other: ProjectDb;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.stop());

let count = 0;
beforeEach(async () => {
  count += 1;
  clock = manualClock();
  for (const id of [`one-${count}`, `two-${count}`]) await insertProject(test.database, id);
  db = test.database.forProject(`one-${count}`);
  other = test.database.forProject(`two-${count}`);
});

const loginIDs = (values: Partial<Record<LoginIDType, string>>) =>
  Object.entries(values).map(([type, value]) => normalizeLoginID(type as LoginIDType, value));
const insert = (values: Partial<Record<LoginIDType, string>>, into = db) =>
  into.transaction((tx) => insertUser(tx, { clock }, { loginIDs: loginIDs(values) }, acting));
const found = async (keyword: string, within = db): Promise<string[]> => {
  const request = { sortBy: 'CREATED_AT', sortDirection: 'DESC', limit: 10, backward: false } as const;
  return (await searchUsers(within, { keyword, ...request })).items.map(({ id }) => id);
};
const errorOf = (work: Promise<unknown>): Promise<LatchkeyError> =>
  work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: LatchkeyError) => error,
  );

describe('a new user', () => {
  it('can be found by each login id, and is recorded', async () => {
    const user = await insert({ email: 'Alice@Example.com', phone: '+1 202 555 0100', username: 'Alice' });
    expect(user).toMatchObject({
      standardAttributes: {},
      sessionEpoch: 0,
      passwordVersion: 0,
      isDisabled: false,
      lastLoginAt: null,
      createdAt: clock.now(),
    });
    const store = userStore(db);
    expect(await store.find(user.id)).toEqual(user);
    expect(await store.findByIdentity('email', 'alice@example.com')).toEqual(user);
    expect(await store.findByIdentity('phone', '+12025550100')).toEqual(user);
    expect(await store.findByIdentity('username', 'alice')).toEqual(user);
    expect(await store.findByIdentity('username', 'alice@example.com')).toBeUndefined();
    const identities = await store.identitiesOf(user.id);
    expect(identities.map(({ type, original }) => [type, original])).toEqual([
      ['email', 'Alice@Example.com'],
      ['phone', '+1 202 555 0100'],
      ['username', 'Alice'],
    ]);
    expect(await store.findIdentity(identities[0]?.id ?? '')).toEqual(identities[0]);
    for (const keyword of ['ALICE@EXAMPLE', '2025550100', '+1 (202) 555-0100']) {
      expect(await found(keyword)).toEqual([user.id]);
    }
    const { items } = await listAudit(db, {}, { limit: 10 });
    expect(items).toMatchObject([{ activityType: 'USER_CREATED', userID: user.id, actor: acting.actor }]);
  });

  it('is valid from before until, or not at all', async () => {
    const accountValidFrom = clock.now();
    const accountValidUntil = new Date(accountValidFrom.getTime() + 1);
    const period = (from: Date, until: Date) =>
      insertUser(db, { clock }, { loginIDs: [], accountValidFrom: from, accountValidUntil: until }, acting);
    expect(await period(accountValidFrom, accountValidUntil)).toMatchObject({
      accountValidFrom,
      accountValidUntil,
    });
    expect(await errorOf(period(accountValidFrom, accountValidFrom))).toMatchObject({
      kind: 'Invalid',
      reason: 'InvalidAccountStatusTransition',
    });
  });

  it('is called by the first login id of a type that was given', async () => {
    const emails = ['z@example.com', 'a@example.com', 'm@example.com', 'b@example.com'];
    const input = { loginIDs: emails.map((email) => normalizeLoginID('email', email)) };
    const { id } = await insertUser(db, { clock }, input, acting);
    expect((await userStore(db).identitiesOf(id)).map(({ original }) => original)).toEqual(emails);
  });
});

describe('a login id that is taken', () => {
  it.each([
    ['email', 'alice@example.com', 'ALICE@example.com', /e-mail address/],
    ['phone', '+12025550100', '+1 202-555-0100', /phone number/],
    ['username', 'alice', 'Alice', /username/],
  ] as const)('refuses the user and all that came along: %s', async (type, one, same, words) => {
    await insert({ [type]: one });
    const refused = await errorOf(insert({ username: 'newcomer', email: 'new@example.com', [type]: same }));
    expect(refused).toMatchObject({
      kind: 'Invalid',
      reason: 'InvariantViolated',
      info: {
        cause: { kind: 'DuplicatedIdentity' },
        IdentityTypeIncoming: 'login_id',
        LoginIDTypeIncoming: type,
        IdentityTypeExisting: 'login_id',
        LoginIDTypeExisting: type,
      },
    });
    expect(refused.message).toMatch(words);
    expect(await found('new')).toEqual([]);
    expect((await listAudit(db, {}, { limit: 10 })).items).toHaveLength(1);
  });

  it('is refused twice in one user as well', async () => {
    const twice = [normalizeLoginID('username', 'alice'), normalizeLoginID('username', 'ALICE')];
    const refused = await errorOf(insertUser(db, { clock }, { loginIDs: twice }, acting));
    expect(refused.reason).toBe('InvariantViolated');
  });

  it('is free in another project', async () => {
    const here = await insert({ email: 'alice@example.com' });
    const there = await insert({ email: 'alice@example.com' }, other);
    expect(there.id).not.toBe(here.id);
  });

  it('goes to one of those who want it at the same moment', async () => {
    const attempts = Array.from({ length: 12 }, (_, index) =>
      insert({ email: 'alice@example.com', username: `alice${index}` }).then(
        () => 'made',
        (error: LatchkeyError) => error.reason,
      ),
    );
    const answers = await Promise.all(attempts);
    expect(answers.toSorted()).toEqual([...Array(11).fill('InvariantViolated'), 'made']);
    expect(await found('alice')).toHaveLength(1);
  });

  it('never has two wait for each other, whichever order theirs are in', async () => {
    const both = [normalizeLoginID('email', 'alice@example.com'), normalizeLoginID('username', 'alice')];
    const attempts = Array.from({ length: 20 }, (_, index) =>
      db
        .transaction((tx) =>
          insertUser(tx, { clock }, { loginIDs: index % 2 === 0 ? both : both.toReversed() }, acting),
        )
        .then(
          () => 'made',
          (error: LatchkeyError) => error.reason,
        ),
    );
    expect((await Promise.all(attempts)).toSorted()).toEqual([
      ...Array(19).fill('InvariantViolated'),
      'made',
    ]);
  });

  it('is free again where the one who was faster fails', async () => {
    const failing = errorOf(
      db.transaction(async (tx) => {
        await insertUser(tx, { clock }, { loginIDs: loginIDs({ username: 'alice' }) }, acting);
        throw new Error('something else went wrong');
      }),
    );
    const [, user] = await Promise.all([failing, failing.then(() => insert({ username: 'alice' }))]);
    expect(await found('alice')).toEqual([user.id]);
    expect((await listAudit(db, {}, { limit: 10 })).items).toHaveLength(1);
  });
});

describe('owners of addresses', () => {
  it('are found by any way to write them, each once, in this project', async () => {
    const alice = await insert({ email: 'alice@müller.de', phone: '+12025550100', username: 'bob' });
    const bob = await insert({ email: 'bob@example.com' });
    await insert({ email: 'bob@example.com' }, other);
    const owners = (emailAddresses: string[], phoneNumbers?: string[]) =>
      usersByAddresses(db, { emailAddresses, phoneNumbers });
    expect(await owners(['Alice@xn--mller-kva.de'], ['+1 202 555 0100'])).toEqual([alice.id]);
    expect(new Set(await owners(['bob@example.com', 'alice@müller.de', 'nobody@example.com']))).toEqual(
      new Set([alice.id, bob.id]),
    );
    expect(await owners(['bob', '\0', '+12025550100', ''], ['bob@example.com'])).toEqual([]);
    expect(await usersByAddresses(db, {})).toEqual([]);
  });
});
