import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import type { Acting } from '../audit/index.ts';
import { manualClock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { globalID } from '../platform/ids.ts';
import {
  countUsers,
  insertUser,
  type LoginIDType,
  normalizeLoginID,
  searchUsers,
  type User,
  type UserPageRequest,
  userStore,
} from './index.ts';
import { searchForm, searchText } from './search-text.ts';

const acting: Acting = { actor: { type: 'system' }, origin: {} };
let test: TestDatabase;
let projects = 0;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.stop());

async function newProject(): Promise<ProjectDb> {
  projects += 1;
  await insertProject(test.database, `project-${projects}`);
  return test.database.forProject(`project-${projects}`);
}

const insert = (db: ProjectDb, values: Partial<Record<LoginIDType, string>>, clock = manualClock()) =>
  insertUser(
    db,
    { clock },
    {
      loginIDs: Object.entries(values).map(([type, value]) => normalizeLoginID(type as LoginIDType, value)),
    },
    acting,
  );

/** Gives a user attributes as an import does: with the search text, in one statement. */
async function setAttributes(db: ProjectDb, user: User, attributes: Record<string, string>): Promise<void> {
  const identities = await userStore(db).identitiesOf(user.id);
  await db.kysely
    .updateTable('users')
    .set({ standard_attributes: JSON.stringify(attributes), search_text: searchText(attributes, identities) })
    .where('project_id', '=', db.projectID)
    .where('id', '=', user.id)
    .execute();
}

const newest: UserPageRequest = { sortBy: 'CREATED_AT', sortDirection: 'DESC', limit: 10, backward: false };

describe('a keyword', () => {
  let db: ProjectDb;
  const ids: Record<string, string> = {};
  const who = (id: string) => Object.keys(ids).find((name) => ids[name] === id) ?? id;
  const found = async (keyword: string): Promise<string[]> => {
    const { items } = await searchUsers(db, { ...newest, keyword });
    expect(await countUsers(db, { keyword })).toBe(items.length);
    return items.map(({ id }) => who(id)).toSorted();
  };

  beforeAll(async () => {
    db = await newProject();
    const add = async (name: string, values: Partial<Record<LoginIDType, string>>, attributes = {}) => {
      const user = await insert(db, values);
      await setAttributes(db, user, attributes);
      ids[name] = user.id;
    };
    await add('ada', { email: 'Ada@Müller.de', phone: '+442079460958', username: 'countess' });
    await add('bob', { email: '100%_bob@example.com' }, { given_name: 'Bob', family_name: 'O\\Neil Smith' });
    await add('wang', { username: 'wang' }, { name: '王小明', nickname: 'Владимир' });
    await add('zq', { username: 'x.zq' }, { family_name: 'ΑΣΠΑΣΙΑΣ' });
  });

  it.each([
    ['ADA@', ['ada']],
    ['müller', ['ada']],
    ['MU\u0308LLER', ['ada']],
    ['xn--mller', ['ada']],
    ['muller', []],
    ['+44 20 7946 0958', ['ada']],
    ['+44 (20) 7946-0958', ['ada']],
    ['7946', ['ada']],
    ['ountes', ['ada']],
    ['smith bob', ['bob']],
    ['smith ada', []],
    ['  bob  ', ['bob']],
    ['%', ['bob']],
    ['100%_b', ['bob']],
    ['100_', []],
    ['_', ['bob']],
    ['o\\n', ['bob']],
    ['\\', ['bob']],
    ['小', ['wang']],
    ['小明', ['wang']],
    ['小王', []],
    ['владимир', ['wang']],
    ['ЛАДИ', ['wang']],
    ['ασπασίας', []],
    ['ασπασιας', ['zq']],
    ['ΑΣΠΑΣ', ['zq']],
    ['q', ['zq']],
    ['zq', ['zq']],
    ['.Z', ['zq']],
    ['aedm', []],
    ['AEDM', []],
    ["' or true --", []],
    ['\0', []],
    ['\uD800', []],
    ['😀', []],
    ['one two three four five six seven eight nine', []],
    ['', ['ada', 'bob', 'wang', 'zq']],
    [' \t\u3000', ['ada', 'bob', 'wang', 'zq']],
  ])('%j finds %j', async (keyword, names) => {
    expect(await found(keyword)).toEqual(names);
  });

  it('of 1,000 characters finds nobody', async () => {
    expect(await found('x'.repeat(1_000))).toEqual([]);
    expect(await found('%_\\'.repeat(333))).toEqual([]);
  });

  it('finds a user by id', async () => {
    const id = ids.ada ?? '';
    for (const keyword of [id, id.toUpperCase(), ` ${id} `, globalID('User', id)]) {
      expect(await found(keyword)).toEqual(['ada']);
    }
    expect(await found(globalID('Identity', id))).toEqual([]);
    expect(await found(id.slice(0, -1))).toEqual([]);
  });

  it('that is part of a text stays part of its search form, in either case', () => {
    const part = fc.array(fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom(...'éßςΣмЖ王🙂')));
    fc.assert(
      fc.property(part, part, part, (before, within, after) => {
        const [start, keyword, end] = [before, within, after].map((parts) => parts.join('')) as [
          string,
          string,
          string,
        ];
        const stored = searchForm(start + keyword + end);
        for (const typed of [keyword, keyword.toLowerCase()]) expect(stored).toContain(searchForm(typed));
        expect(stored).toMatch(/^[\x01-\x7E]*$/);
        expect(stored).toBe(searchForm(start) + searchForm(keyword) + searchForm(end));
      }),
      { numRuns: 500 },
    );
  });
});

describe('pages', () => {
  let db: ProjectDb;
  const created: User[] = [];

  beforeAll(async () => {
    db = await newProject();
    const clock = manualClock();
    for (let index = 0; index < 11; index += 1) {
      // Twos and threes are made, or sign in, in the same millisecond; every third never does.
      if (index % 2 === 0) clock.advance(1);
      const user = await insert(db, { username: `user${index % 2 === 0 ? 'even' : 'odd'}${index}` }, clock);
      created.push(user);
      if (index % 3 === 0) continue;
      await userStore(db).touchLogin(user.id, new Date(clock.now().getTime() - 1_000 * (index >> 2)));
    }
    // Between two microseconds of one millisecond, as another program may have written it.
    await db.kysely
      .updateTable('users')
      .set({ created_at: sql`created_at + interval '7 microseconds'` })
      .where('project_id', '=', db.projectID)
      .where('id', 'in', [created[4]?.id ?? '', created[5]?.id ?? ''])
      .execute();
  });

  const orders = [
    ['CREATED_AT', 'DESC'],
    ['CREATED_AT', 'ASC'],
    ['LAST_LOGIN_AT', 'DESC'],
    ['LAST_LOGIN_AT', 'ASC'],
  ] as const;

  /** All pages, one after the other, in one direction. */
  async function walk(request: UserPageRequest): Promise<User[][]> {
    const pages: User[][] = [];
    let edge: string | undefined;
    while (pages.length <= created.length) {
      const page = await searchUsers(db, { ...request, [request.backward ? 'before' : 'after']: edge });
      expect(request.backward ? page.hasNextPage : page.hasPreviousPage).toBe(edge !== undefined);
      pages.push(page.items);
      const last = request.backward ? page.items[0] : page.items.at(-1);
      if (last === undefined || !(request.backward ? page.hasPreviousPage : page.hasNextPage)) return pages;
      edge = page.cursorOf(last);
    }
    throw new Error('the pages have no end');
  }

  it.each(orders)('by %s %s hold everybody once, in order, both ways', async (sortBy, sortDirection) => {
    const request = { ...newest, sortBy, sortDirection };
    const { items: all } = await searchUsers(db, { ...request, limit: 100 });
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(created.map(({ id }) => id)));
    const time = (user: User) =>
      (sortBy === 'CREATED_AT' ? user.createdAt.getTime() : user.lastLoginAt?.getTime()) ?? -Infinity;
    const times = all.map(time);
    expect(times).toEqual(times.toSorted((a, b) => (sortDirection === 'ASC' ? a - b : b - a)));
    for (const limit of [1, 2, 3, 11]) {
      expect((await walk({ ...request, limit })).flat()).toEqual(all);
      expect((await walk({ ...request, limit, backward: true })).toReversed().flat()).toEqual(all);
    }
  });

  it('of a search hold what it finds', async () => {
    const pages = await walk({ ...newest, keyword: 'ODD', limit: 2 });
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    const odd = created.filter((_, index) => index % 2 === 1).toReversed();
    expect(pages.flat().map(({ id }) => id)).toEqual(odd.map(({ id }) => id));
  });

  it('between two cursors hold what lies between', async () => {
    const { items, cursorOf } = await searchUsers(db, { ...newest, limit: 11 });
    const [second, sixth] = [items[1], items[5]] as [User, User];
    const between = { ...newest, after: cursorOf(second), before: cursorOf(sixth) };
    const page = await searchUsers(db, between);
    expect(page.items).toEqual(items.slice(2, 5));
    const last = await searchUsers(db, { ...between, backward: true, limit: 1 });
    expect(last.items).toEqual(items.slice(4, 5));
  });

  it('keep their place when its user is gone', async () => {
    const { items, cursorOf } = await searchUsers(db, { ...newest, limit: 11 });
    const gone = items[3] as User;
    const after = cursorOf(gone);
    const rolledBack = db.transaction(async (tx) => {
      await tx.kysely
        .deleteFrom('users')
        .where('project_id', '=', db.projectID)
        .where('id', '=', gone.id)
        .execute();
      expect((await searchUsers(tx, { ...newest, after })).items).toEqual(items.slice(4));
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
  });

  it.each(['', 'x', '\0', 'bm90IGEgY3Vyc29y', 'é'])('refuse a cursor %j', async (cursor) => {
    for (const page of [{ after: cursor }, { before: cursor }]) {
      await expect(searchUsers(db, { ...newest, ...page })).rejects.toMatchObject({
        kind: 'Invalid',
        reason: 'InvalidCursor',
      });
    }
  });

  it('refuse a cursor of another order, and whatever was made of one', async () => {
    const { items, cursorOf } = await searchUsers(db, newest);
    const cursor = cursorOf(items[0] as User);
    const [order, time, id] = Buffer.from(cursor, 'base64url').toString().split(' ') as [
      string,
      string,
      string,
    ];
    for (const parts of [
      ['LAST_LOGIN_AT', time, id],
      [order, 'never', id],
      [order, '9'.repeat(17), id],
      [order, `${time}.5`, id],
      [order, time, 'x'],
      [order, time, id, 'x'],
    ]) {
      const after = Buffer.from(parts.join(' ')).toString('base64url');
      await expect(searchUsers(db, { ...newest, after })).rejects.toMatchObject({ reason: 'InvalidCursor' });
    }
    const far = Buffer.from([order, '9'.repeat(16), id].join(' ')).toString('base64url');
    expect((await searchUsers(db, { ...newest, after: far })).items).toEqual(items);
  });
});
