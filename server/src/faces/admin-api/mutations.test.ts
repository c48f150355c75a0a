import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  type Answer,
  adminApiBench,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { passwordOf, verifyPassword } from '../../passwords/index.ts';
import { sha256, splitGlobalID } from '../../platform/ids.ts';
import { sessionStore } from '../../sessions/index.ts';
import { userStore } from '../../users/index.ts';

let bench: AdminApiBench;
beforeAll(async () => {
  bench = await adminApiBench();
});
afterAll(() => bench.stop());

const RESET = `mutation ($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    user { id primaryPassword { id kind type isDefault expireAfter createdAt updatedAt claims } }
    messages { id type channel recipient state reason sentAt canRetry }
  }
}`;
const CREATE = `mutation ($input: CreateUserInput!) {
  createUser(input: $input) {
    user {
      id endUserAccountID accountValidFrom accountValidUntil isDisabled
      loginIDs { type claims(names: ["email", "https://authgear.com/claims/login_id/original_value"]) }
      primaryPassword { expireAfter }
    }
    messages { type recipient state }
  }
}`;
const SET_EXPIRED = `mutation ($input: SetPasswordExpiredInput!) {
  setPasswordExpired(input: $input) { user { id primaryPassword { expireAfter } } }
}`;

async function succeed(query: string, input: Record<string, unknown>): Promise<Answer['data']> {
  const answer = await bench.ask('home', query, { input });
  expect(answer.errors).toBeUndefined();
  expect(answer.status).toBe(200);
  return answer.data;
}

async function proves(userID: string, password: string) {
  const project = await bench.project('home');
  const { hasher, clock, secrets, projects, rateLimits } = bench;
  return verifyPassword(
    bench.db('home'),
    { hasher, clock, secrets, projects, project, rateLimits },
    { userID, account: 'a', password },
    {},
  );
}

/** What the audit log says about a user, the oldest first. */
async function recorded(userID: string) {
  const { data } = await bench.ask(
    'home',
    `query ($ids: [ID!]) {
      auditLogs(userIDs: $ids, sortDirection: ASC) { edges { node { activityType ipAddress userAgent data } } }
    }`,
    { ids: [userGlobalID(userID)] },
  );
  return data.auditLogs.edges.map(({ node }: { node: Record<string, unknown> }) => node);
}

async function signIn(userID: string): Promise<void> {
  const user = await userStore(bench.db('home')).find(userID);
  const saved = await sessionStore(bench.db('home')).save(
    {
      uid: `session-${userID}`,
      idHash: sha256(`cookie-${userID}`),
      user: { userID, sessionEpoch: user?.sessionEpoch ?? 0 },
      payload: {},
      expiresAt: new Date(bench.clock.now().getTime() + 3_600_000),
    },
    bench.clock.now(),
  );
  expect(saved).toBe(true);
}

async function sessionsOf(userID: string): Promise<number> {
  const { data } = await bench.ask(
    'home',
    'query ($id: ID!) { node(id: $id) { ... on User { sessions { totalCount } } } }',
    { id: userGlobalID(userID) },
  );
  return data.node.sessions.totalCount;
}

describe('resetPassword', () => {
  it('sets the password that was typed, which needs no change afterwards', async () => {
    const userID = await bench.addUser('home', 'typed@example.com');
    const { resetPassword } = await succeed(RESET, {
      userID: userGlobalID(userID),
      password: 'a horse of many colours',
    });
    const now = bench.clock.now().toISOString();
    expect(resetPassword).toEqual({
      user: {
        id: userGlobalID(userID),
        primaryPassword: {
          id: expect.any(String),
          kind: 'PRIMARY',
          type: 'PASSWORD',
          isDefault: true,
          expireAfter: null,
          createdAt: now,
          updatedAt: now,
          claims: {},
        },
      },
      messages: [],
    });
    expect(await proves(userID, 'a horse of many colours')).toMatchObject({ ok: true, mustChange: false });
    expect((await proves(userID, 'a horse of many colors')).ok).toBe(false);
  });

  it.each([undefined, null, ''])('generates one for a password that is %j', async (password) => {
    const userID = await bench.addUser('home', `generated-${password}@example.com`);
    await succeed(RESET, { userID: userGlobalID(userID), password });
    expect(await passwordOf(bench.db('home'), userID)).toMatchObject({ expireAfter: null });
    expect((await proves(userID, '')).ok).toBe(false);
  });

  it('mails it to every address of the user, and tells what became of the mails', async () => {
    const userID = await bench.addUser('home', 'mailed@example.com', 'second@example.com');
    const { resetPassword } = await succeed(RESET, {
      userID: userGlobalID(userID),
      sendPassword: true,
      setPasswordExpired: true,
    });
    const mail = { type: 'PASSWORD_RESET_BY_ADMIN', channel: 'EMAIL', state: 'QUEUED', sentAt: null };
    expect(resetPassword.messages).toMatchObject([
      { ...mail, recipient: 'mailed@example.com' },
      { ...mail, recipient: 'second@example.com' },
    ]);
    expect(resetPassword.user.primaryPassword.expireAfter).toBe(bench.clock.now().toISOString());
    const { data } = await bench.ask(
      'home',
      'query ($id: ID!) { node(id: $id) { ... on User { messages(first: 1) { totalCount edges { node { id } } } } } }',
      { id: userGlobalID(userID) },
    );
    expect(data.node.messages.totalCount).toBe(2);
    const ids = resetPassword.messages.map(({ id }: { id: string }) => id);
    expect(ids).toContain(data.node.messages.edges[0].node.id);
  });

  it('ends every session unless told otherwise', async () => {
    const userID = await bench.addUser('home', 'signed-in@example.com');
    const input = { userID: userGlobalID(userID) };
    await signIn(userID);
    await succeed(RESET, { ...input, revokeSessions: false });
    expect(await sessionsOf(userID)).toBe(1);
    await succeed(RESET, input);
    expect(await sessionsOf(userID)).toBe(0);
    await bench.addUser('home', 'tick@example.com');
  });

  it('is recorded with the key that asked, and without the password', async () => {
    const userID = await bench.addUser('home', 'recorded@example.com');
    await succeed(RESET, { userID: userGlobalID(userID), password: 'unmistakable-password-17' });
    const { keyID } = await bench.key('home');
    const entries = await recorded(userID);
    expect(entries).toMatchObject([
      { activityType: 'USER_CREATED' },
      ...['PASSWORD_RESET', 'ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED'].map((activityType) => ({
        activityType,
        ipAddress: '192.0.2.7',
        userAgent: 'test/1.0',
        data: { actor: { type: 'admin_api', keyID } },
      })),
    ]);
    expect(JSON.stringify(entries)).not.toContain('unmistakable-password-17');
    expect(await bench.everything()).not.toContain('unmistakable-password-17');
    expect(JSON.stringify(bench.logged)).not.toContain('unmistakable-password-17');
  });

  it('leaves one good password and a whole trail when many ask at once', async () => {
    const userID = await bench.addUser('home', 'many@example.com');
    const passwords = Array.from({ length: 8 }, (_, i) => `the password of number ${i}`);
    await Promise.all(
      passwords.map((password) => succeed(RESET, { userID: userGlobalID(userID), password })),
    );
    const proofs = await Promise.all(passwords.map((password) => proves(userID, password)));
    expect(proofs.filter(({ ok }) => ok)).toHaveLength(1);
    const entries: { activityType: string }[] = await recorded(userID);
    const count = (type: string) => entries.filter(({ activityType }) => activityType === type).length;
    expect(count('PASSWORD_RESET')).toBe(8);
    expect(count('ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED')).toBe(8);
  });
});

describe('setPasswordExpired', () => {
  it('asks for another password at the next login, or no longer asks', async () => {
    const userID = await bench.addUser('home', 'expired@example.com');
    const input = { userID: userGlobalID(userID) };
    await succeed(RESET, { ...input, password: 'a password that is fine' });
    const set = await succeed(SET_EXPIRED, { ...input, expired: true });
    expect(set.setPasswordExpired.user.primaryPassword.expireAfter).toBe(bench.clock.now().toISOString());
    expect(await proves(userID, 'a password that is fine')).toMatchObject({ ok: true, mustChange: true });
    const unset = await succeed(SET_EXPIRED, { ...input, expired: false });
    expect(unset.setPasswordExpired.user).toEqual({
      id: input.userID,
      primaryPassword: { expireAfter: null },
    });
    const types = (await recorded(userID)).map(({ activityType }: { activityType: string }) => activityType);
    expect(types.filter((type: string) => type === 'PASSWORD_EXPIRY_SET')).toHaveLength(2);
    expect(
      types.filter((type: string) => type === 'ADMIN_API_MUTATION_SET_PASSWORD_EXPIRED_EXECUTED'),
    ).toHaveLength(2);
  });
});

describe('createUser', () => {
  const definition = (value: string, key = 'email') => ({ loginID: { key, value } });

  it('makes a user without a password', async () => {
    const { createUser } = await succeed(CREATE, { definition: definition('New.Person@Example.com') });
    expect(createUser).toEqual({
      user: {
        id: expect.any(String),
        endUserAccountID: 'new.person@example.com',
        accountValidFrom: null,
        accountValidUntil: null,
        isDisabled: false,
        loginIDs: [
          {
            type: 'LOGIN_ID',
            claims: {
              email: 'new.person@example.com',
              'https://authgear.com/claims/login_id/original_value': 'New.Person@Example.com',
            },
          },
        ],
        primaryPassword: null,
      },
      messages: [],
    });
  });

  it('makes a user with a generated password that is mailed and has to be changed', async () => {
    const { createUser } = await succeed(CREATE, {
      definition: definition('generated-new@example.com'),
      password: '',
      sendPassword: true,
      setPasswordExpired: true,
    });
    expect(createUser.user.primaryPassword.expireAfter).toBe(bench.clock.now().toISOString());
    expect(createUser.messages).toEqual([
      { type: 'ACCOUNT_CREATED', recipient: 'generated-new@example.com', state: 'QUEUED' },
    ]);
  });

  it('makes a user with a typed password, whose account counts for a time', async () => {
    const { createUser } = await succeed(CREATE, {
      definition: definition('typed-new@example.com'),
      password: 'a typed password of length',
      accountValidFrom: '2027-01-01T00:00:00+02:00',
      accountValidUntil: '2028-01-01T00:00:00Z',
    });
    expect(createUser.user).toMatchObject({
      accountValidFrom: '2026-12-31T22:00:00.000Z',
      accountValidUntil: '2028-01-01T00:00:00.000Z',
      isDisabled: true,
      primaryPassword: { expireAfter: null },
    });
    const id = splitGlobalID(createUser.user.id)?.id ?? '';
    expect((await proves(id, 'a typed password of length')).ok).toBe(true);
    const types = (await recorded(id)).map(({ activityType }: { activityType: string }) => activityType);
    expect(types).toContain('USER_CREATED');
    expect(types).toContain('ADMIN_API_MUTATION_CREATE_USER_EXECUTED');
  });

  it.each([
    ['phone', '+41 44 668 18 00', '+41446681800'],
    ['username', 'Grace', 'grace'],
  ])('takes a %s', async (key, value, accountID) => {
    const { createUser } = await succeed(CREATE, { definition: definition(value, key) });
    expect(createUser.user.endUserAccountID).toBe(accountID);
  });
});

describe('several mutations in one request', () => {
  it('run one after the other, and each sees what the one before did', async () => {
    const id = userGlobalID(await bench.addUser('home', 'several@example.com'));
    const { data, errors } = await bench.ask(
      'home',
      `mutation ($id: ID!) {
        first: resetPassword(input: {userID: $id}) { user { primaryPassword { expireAfter } } }
        second: setPasswordExpired(input: {userID: $id, expired: true}) { user { primaryPassword { expireAfter } } }
        third: setPasswordExpired(input: {userID: $id, expired: false}) { user { primaryPassword { expireAfter } } }
      }`,
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data.first.user.primaryPassword.expireAfter).toBeNull();
    expect(data.second.user.primaryPassword.expireAfter).not.toBeNull();
    expect(data.third.user.primaryPassword.expireAfter).toBeNull();
  });

  it('keep what was done before the one that fails', async () => {
    const before = await bench.addUser('home', 'before@example.com');
    const after = await bench.addUser('home', 'after@example.com');
    const answer = await bench.ask(
      'home',
      `mutation ($before: ID!, $after: ID!) {
        a: resetPassword(input: {userID: $before, password: "the first is fine"}) { user { id } }
        b: resetPassword(input: {userID: $after, password: "short"}) { user { id } }
      }`,
      { before: userGlobalID(before), after: userGlobalID(after) },
    );
    expect(answer.errors).toMatchObject([{ path: ['b'], extensions: { reason: 'PasswordPolicyViolated' } }]);
    expect((await proves(before, 'the first is fine')).ok).toBe(true);
    expect(await passwordOf(bench.db('home'), after)).toBeUndefined();
  });
});
