import { getNamedType, isInterfaceType, isObjectType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  adminApiBench,
  scene,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { recordAudit } from '../../audit/index.ts';
import { globalID, sha256 } from '../../platform/ids.ts';
import { sessionStore } from '../../sessions/index.ts';
import { insertUser, normalizeLoginID, userStore } from '../../users/index.ts';
import { buildSchema } from './index.ts';

let bench: AdminApiBench;
const people: string[] = [];
let shopper: string;

beforeAll(async () => {
  bench = await adminApiBench();
  for (const name of ['ada', 'brook', 'cleo', 'dana', 'eli']) {
    people.push(await bench.addUser('home', `${name}@example.com`));
  }
  shopper = await bench.addUser('shop', 'ada@example.com');
  await bench.ask(
    'home',
    'mutation ($id: ID!) { resetPassword(input: {userID: $id, sendPassword: true}) { user { id } } }',
    { id: userGlobalID(people[0] ?? '') },
  );
});
afterAll(() => bench.stop());

const ids = (data: { edges: { node: { id: string } }[] }): string[] => data.edges.map(({ node }) => node.id);

async function ask(query: string, variables?: Record<string, unknown>, projectID = 'home') {
  const answer = await bench.ask(projectID, query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

describe('users', () => {
  const USERS = `query ($first: Int, $after: String, $last: Int, $before: String, $word: String,
    $by: UserSortBy, $direction: SortDirection) {
    users(first: $first, after: $after, last: $last, before: $before, searchKeyword: $word,
      sortBy: $by, sortDirection: $direction) {
      totalCount edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const oldestFirst = () => people.map(userGlobalID);

  it('lists this project’s users, the newest first unless told', async () => {
    const { users } = await ask(USERS);
    expect(ids(users)).toEqual(oldestFirst().reverse());
    expect(users.totalCount).toBe(people.length);
    expect(ids((await ask(USERS, { direction: 'ASC' })).users)).toEqual(oldestFirst());
    const theirs = await ask(USERS, {}, 'shop');
    expect(ids(theirs.users)).toEqual([userGlobalID(shopper)]);
    expect(theirs.users.totalCount).toBe(1);
  });

  it('pages forwards and backwards', async () => {
    const first = (await ask(USERS, { first: 2 })).users;
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(first.pageInfo.startCursor).toBe(first.edges[0].cursor);
    const second = (await ask(USERS, { first: 2, after: first.pageInfo.endCursor })).users;
    expect([...ids(first), ...ids(second)]).toEqual(oldestFirst().reverse().slice(0, 4));
    expect(second.totalCount).toBe(people.length);
    const back = (await ask(USERS, { last: 2, before: second.pageInfo.startCursor })).users;
    expect(ids(back)).toEqual(ids(first));
    const last = (await ask(USERS, { last: 1 })).users;
    expect(ids(last)).toEqual([oldestFirst()[0]]);
  });

  it('finds by a part of a login id, and counts what it finds', async () => {
    const { users } = await ask(USERS, { word: 'BROOK' });
    expect(ids(users)).toEqual([userGlobalID(people[1] ?? '')]);
    expect(users.totalCount).toBe(1);
    const nobody = (await ask(USERS, { word: "%' or '1'='1" })).users;
    expect(nobody).toEqual({
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('sorts by the last login', async () => {
    await userStore(bench.db('home')).touchLogin(people[2] ?? '', bench.clock.now());
    const { users } = await ask(USERS, { by: 'LAST_LOGIN_AT', direction: 'DESC', first: 1 });
    expect(ids(users)).toEqual([userGlobalID(people[2] ?? '')]);
  });

  it('finds nobody by roles and groups, which nobody has', async () => {
    const query =
      '{ a: users(roleKeys: ["x"]) { totalCount } b: users(groupKeys: ["x"]) { edges { cursor } } }';
    expect(await ask(query)).toEqual({ a: { totalCount: 0 }, b: { edges: [] } });
    const { users } = await ask('{ users(roleKeys: [], groupKeys: []) { totalCount } }');
    expect(users.totalCount).toBe(people.length);
  });
});

describe('getUserByLoginID', () => {
  const find = async (key: string, value: string, projectID = 'home') =>
    (
      await ask(
        'query ($key: String!, $value: String!) { getUserByLoginID(loginIDKey: $key, loginIDValue: $value) { id } }',
        { key, value },
        projectID,
      )
    ).getUserByLoginID;

  it.each(['ada@example.com', 'ADA@EXAMPLE.COM', 'ada@ｅxample.com', ' ada@example.com '])(
    'finds who is called %j',
    async (value) => expect(await find('email', value)).toEqual({ id: userGlobalID(people[0] ?? '') }),
  );

  it('finds by phone number and username', async () => {
    const { clock } = bench;
    const loginIDs = [normalizeLoginID('phone', '+41446681800'), normalizeLoginID('username', 'grace')];
    const user = await bench.db('shop').transaction((tx) => insertUser(tx, { clock }, { loginIDs }, scene));
    expect(await find('phone', '+41 44 668 18 00', 'shop')).toEqual({ id: userGlobalID(user.id) });
    expect(await find('username', 'GRACE', 'shop')).toEqual({ id: userGlobalID(user.id) });
    expect(await find('username', 'grace')).toBeNull();
  });

  it.each([
    ['email', 'nobody@example.com'],
    ['email', 'аda@example.com'],
    ['email', 'ada'],
    ['email', 'ada@example.com\0'],
    ['email', ''],
    ['email', `${'a'.repeat(100_000)}@example.com`],
    ['phone', 'ada@example.com'],
    ['username', 'ada@example.com'],
  ])('finds nobody for the %s %.30j', async (key, value) => expect(await find(key, value)).toBeNull());
});

describe('node and nodes', () => {
  const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

  it('find an object of every type in its own project, and in no other', async () => {
    const [ada = ''] = people;
    const db = bench.db('home');
    const now = bench.clock.now();
    await recordAudit(db, bench.clock, { activityType: 'USER_AUTHENTICATED', userID: ada, acting: scene });
    await sessionStore(db).save(
      {
        uid: 'V1StGXR8_Z5jdHi6B-myT',
        idHash: sha256('cookie'),
        user: { userID: ada, sessionEpoch: (await userStore(db).find(ada))?.sessionEpoch ?? 0 },
        payload: { amr: ['pwd'], authorizations: { 'the-app': {} } },
        expiresAt: new Date(now.getTime() + 3_600_000),
        ipAddress: '192.0.2.1',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      },
      now,
    );
    const data = await ask(
      `query ($id: ID!) {
        node(id: $id) {
          ... on User {
            identities { edges { node { id } } } authenticators { edges { node { id } } }
            sessions { edges { node { id } } } messages { edges { node { id } } }
          }
        }
        auditLogs(first: 1) { edges { node { id } } }
      }`,
      { id: userGlobalID(ada) },
    );
    const found: Record<string, string | undefined> = {
      User: userGlobalID(ada),
      Identity: ids(data.node.identities)[0],
      Authenticator: ids(data.node.authenticators)[0],
      Session: ids(data.node.sessions)[0],
      Message: ids(data.node.messages)[0],
      AuditLog: ids(data.auditLogs)[0],
    };
    for (const [type, id] of Object.entries(found)) {
      expect((await ask(NODE, { id })).node).toEqual({ __typename: type, id });
      expect((await ask(NODE, { id }, 'shop')).node).toBeNull();
    }
    const { nodes } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [found.Session, userGlobalID(shopper), found.User, 'x', found.User],
    });
    expect(nodes).toEqual([{ id: found.Session }, null, { id: found.User }, null, { id: found.User }]);
  });

  it('find a user whichever case the UUID is written in', async () => {
    const id = globalID('User', (people[0] ?? '').toUpperCase());
    expect((await ask(NODE, { id })).node.id).toBe(userGlobalID(people[0] ?? ''));
  });

  it.each([
    ['', 'nothing'],
    ['!', 'no base64url'],
    [globalID('Nothing', '1'), 'no type'],
    [globalID('__proto__', '1'), 'a word that objects know'],
    [globalID('User', 'x'), 'no UUID'],
    [globalID('Session', 'a\0b'), 'a NUL'],
    [globalID('Role', '0195c1f0-7d4e-7000-8000-000000000001'), 'a role'],
  ])('answer null for %j: %s', async (id) => expect((await ask(NODE, { id })).node).toBeNull());
});

describe('a session', () => {
  it('tells where and how the user signed in', async () => {
    const data = await ask(
      `query ($id: ID!) { node(id: $id) { ... on User { sessions { edges { node {
        type acr amr clientID applicationName displayName userAgent createdByIP lastAccessedByIP
        lastAccessedByIPCountryCode lastAccessedByIPEnglishCountryName
      } } } } } }`,
      { id: userGlobalID(people[0] ?? '') },
    );
    expect(data.node.sessions.edges[0].node).toEqual({
      type: 'IDP',
      acr: null,
      amr: ['pwd'],
      clientID: 'the-app',
      applicationName: null,
      displayName: 'Firefox 145 on Linux',
      userAgent: expect.stringContaining('Firefox/145.0'),
      createdByIP: '192.0.2.1',
      lastAccessedByIP: '192.0.2.1',
      lastAccessedByIPCountryCode: '',
      lastAccessedByIPEnglishCountryName: '',
    });
  });
});

describe('auditLogs', () => {
  const LOGS = `query ($types: [AuditLogActivityType!], $users: [ID!], $emails: [String!], $from: DateTime,
    $to: DateTime, $direction: SortDirection, $first: Int, $after: String) {
    auditLogs(activityTypes: $types, userIDs: $users, emailAddresses: $emails, rangeFrom: $from, rangeTo: $to,
      sortDirection: $direction, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { node { id activityType createdAt clientID user { id } data } }
    }
  }`;

  it('lists what happened, the newest first, in pages', async () => {
    const all = (await ask(LOGS, { first: 100 })).auditLogs;
    const times = all.edges.map(({ node }: { node: { createdAt: string } }) => node.createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(all.totalCount).toBe(all.edges.length);
    const one = (await ask(LOGS, { first: 1 })).auditLogs;
    const two = (await ask(LOGS, { first: 1, after: one.pageInfo.endCursor })).auditLogs;
    expect([...ids(one), ...ids(two)]).toEqual(ids(all).slice(0, 2));
  });

  it('filters by type, user, address and time', async () => {
    const created = (await ask(LOGS, { types: ['USER_CREATED'], direction: 'ASC' })).auditLogs;
    const about = created.edges.map(({ node }: { node: { user: { id: string } } }) => node.user.id);
    expect(about).toEqual(people.map(userGlobalID));
    const user = userGlobalID(people[0] ?? '');
    const reset = await ask(LOGS, { types: ['PASSWORD_RESET'], users: [user] });
    expect(reset.auditLogs.totalCount).toBe(1);
    expect(reset.auditLogs.edges[0].node.data).toMatchObject({ actor: { type: 'admin_api' } });
    const byAddress = await ask(LOGS, { types: ['PASSWORD_RESET'], emails: ['ADA@example.com'] });
    expect(ids(byAddress.auditLogs)).toEqual(ids(reset.auditLogs));
    expect((await ask(LOGS, { to: '2020-01-01T00:00:00Z' })).auditLogs.totalCount).toBe(0);
    expect((await ask(LOGS, { types: [], users: [] })).auditLogs.totalCount).toBeGreaterThan(people.length);
  });

  it('shows nothing of another project', async () => {
    const { auditLogs } = await ask(LOGS, { users: [userGlobalID(shopper)] });
    expect(auditLogs.edges).toEqual([]);
  });
});

/** A selection of everything an object type has, pages and objects below it included, so deep. */
function everythingOf(typeName: string, depth: number): string {
  const type = buildSchema().getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  const parts = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const named = getNamedType(field.type);
    if (!isObjectType(named) && !isInterfaceType(named)) return [field.name];
    return depth > 0 ? [`${field.name} { ${everythingOf(named.name, depth - 1)} }`] : [];
  });
  return parts.join(' ') || '__typename';
}

describe('every field of a user', () => {
  it('answers; what is not built yet with null or nothing', async () => {
    const { node } = await ask(
      `query ($id: ID!) { node(id: $id) { ... on User { ${everythingOf('User', 2)} } } }`,
      {
        id: userGlobalID(people[0] ?? ''),
      },
    );
    expect(node).toMatchObject({
      formattedName: null,
      endUserAccountID: 'ada@example.com',
      standardAttributes: { email: 'ada@example.com', email_verified: false, updated_at: expect.any(Number) },
      customAttributes: {},
      verifiedClaims: [],
      isAnonymous: false,
      isAnonymized: false,
      isDeactivated: false,
      isDisabled: false,
      accountLockout: { isLocked: false, lockedIPs: [], lockedUntil: null },
      web3: { accounts: [] },
      mfaGracePeriodEndAt: null,
      biometricRegistrations: [],
      passkeys: [],
      oauthConnections: [],
      secondaryPassword: null,
      secondaryTOTPAuthenticators: [],
      roles: { edges: [], totalCount: 0 },
      effectiveRoles: { edges: [], totalCount: 0 },
      groups: { edges: [], totalCount: 0 },
      authorizations: { edges: [], totalCount: 0 },
    });
    expect(node.loginIDs[0].claims).toEqual({
      email: 'ada@example.com',
      'https://authgear.com/claims/login_id/type': 'email',
      'https://authgear.com/claims/login_id/key': 'email',
      'https://authgear.com/claims/login_id/original_value': 'ada@example.com',
      'https://authgear.com/claims/login_id/value': 'ada@example.com',
    });
  });

  it('tells nothing of the password', async () => {
    const data = await ask(`{ users(first: 10) { edges { node { ${everythingOf('User', 2)} } } } }`);
    expect(JSON.stringify(data)).not.toMatch(/argon2|hash|\$/i);
  });

  it('has its time of being disabled', async () => {
    const [, , , dana = ''] = people;
    const read = async () =>
      (
        await ask('query ($id: ID!) { node(id: $id) { ... on User { isDisabled } } }', {
          id: userGlobalID(dana),
        })
      ).node.isDisabled;
    const now = bench.clock.now().getTime();
    await bench
      .db('home')
      .kysely.updateTable('users')
      .set({ account_valid_from: new Date(now - 1_000), account_valid_until: new Date(now + 1_000) })
      .where('project_id', '=', 'home')
      .where('id', '=', dana)
      .execute();
    expect(await read()).toBe(false);
    bench.clock.advance(1_000);
    expect(await read()).toBe(true);
  });
});

describe('introspection', () => {
  it('is open to every key', async () => {
    const { __schema } = await ask('{ __schema { queryType { name } types { name } } }');
    expect(__schema.queryType.name).toBe('Query');
    expect(__schema.types.map(({ name }: { name: string }) => name)).toContain('ResetPasswordInput');
  });
});

describe('the policy for a form', () => {
  const CHECK = `query ($input: CheckPasswordInput!) { checkPassword(input: $input) { level causes { name info } } }`;

  it('is told, with the rules that a password breaks and its strength', async () => {
    const { passwordPolicy } = await ask('{ passwordPolicy { minLength maxLength typingByOperators } }');
    expect(passwordPolicy).toEqual({ minLength: 8, maxLength: 128, typingByOperators: true });
    const weak = (await ask(CHECK, { input: { password: 'ada' } })).checkPassword;
    expect(weak).toEqual({
      level: 1,
      causes: [{ name: 'PasswordTooShort', info: { min_length: 8, pw_length: 3 } }],
    });
    const strong = (await ask(CHECK, { input: { password: 'nimble otter quartz fjord' } })).checkPassword;
    expect(strong).toEqual({ level: 5, causes: [] });
  });

  it('knows the login ids of a user, or those that are given', async () => {
    const password = 'nimble ada@example.com fjord';
    const keyword = [{ name: 'PasswordContainingExcludedKeywords', info: null }];
    const ofUser = await ask(CHECK, { input: { password, userID: userGlobalID(people[0] ?? '') } });
    expect(ofUser.checkPassword.causes).toEqual(keyword);
    const given = await ask(CHECK, { input: { password, loginIDs: ['Ada@Example.com'] } });
    expect(given.checkPassword.causes).toEqual(keyword);
    expect((await ask(CHECK, { input: { password } })).checkPassword.causes).toEqual([]);
  });

  it('refuses a user who is not here, and too many login ids', async () => {
    const theirs = await bench.ask('home', CHECK, {
      input: { password: 'x', userID: userGlobalID(shopper) },
    });
    expect(theirs.errors).toMatchObject([{ extensions: { errorName: 'NotFound', reason: 'UserNotFound' } }]);
    const loginIDs = Array.from({ length: 21 }, () => 'x');
    const many = await bench.ask('home', CHECK, { input: { password: 'x', loginIDs } });
    expect(many.errors).toMatchObject([{ extensions: { reason: 'TooManyLoginIDs' } }]);
  });
});
