import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminActs, adminActs } from '../../../../tests/support/admin-acts.ts';
import { type AdminApiBench, adminApiBench, userGlobalID } from '../../../../tests/support/admin-api.ts';
import { listMessages } from '../../messages/index.ts';
import { passwordOf, verifyPassword } from '../../passwords/index.ts';
import { globalID, randomToken } from '../../platform/ids.ts';
import { userStore } from '../../users/index.ts';

const PASSWORD = 'a horse of many colours';
const NOBODY = '0195f5d2-0000-7000-8000-000000000000';
let bench: AdminApiBench;
let acts: AdminActs;
let ada: string;

beforeAll(async () => {
  bench = await adminApiBench();
  acts = adminActs(bench);
});
beforeEach(async () => {
  ada = await bench.addUser('home', `${randomToken(6)}@example.com`);
});
afterAll(() => bench.stop());

const asked = (userID: string, password = PASSWORD) => ({
  userID: userGlobalID(userID),
  definition: { kind: 'PRIMARY', type: 'PASSWORD', password: { password } },
});
const create = (userID: string, password = PASSWORD): Promise<{ authenticator: { id: string } }> =>
  acts.does('createAuthenticator', asked(userID, password), 'authenticator { id kind type expireAfter }');

async function proves(userID: string, password: string): Promise<boolean> {
  const project = await bench.project('home');
  const tried = { userID, account: 'a', password };
  return (await verifyPassword(bench.db('home'), { ...bench, project }, tried, {})).ok;
}

async function setting(key: string, value: unknown): Promise<void> {
  await bench.projects.setSetting(await bench.project('home'), key, value, {
    actor: { type: 'command_line' },
    origin: {},
  });
}

describe('createAuthenticator', () => {
  it('gives a user without a password one, records it, and leaves who is signed in alone', async () => {
    const session = await acts.signIn(ada);
    const version = (await userStore(bench.db('home')).find(ada))?.passwordVersion ?? 0;
    const made = await create(ada);
    expect(made).toEqual({
      authenticator: { id: expect.any(String), kind: 'PRIMARY', type: 'PASSWORD', expireAfter: null },
    });
    expect(await proves(ada, PASSWORD)).toBe(true);
    expect(await acts.sessionsOf(ada)).toEqual([session]);
    expect((await userStore(bench.db('home')).find(ada))?.passwordVersion).toBe(version + 1);
    expect((await acts.trail(ada)).slice(-2)).toMatchObject([
      { activityType: 'PASSWORD_RESET', data: { generated: false, actor: { type: 'admin_api' } } },
      {
        activityType: 'ADMIN_API_MUTATION_CREATE_AUTHENTICATOR_EXECUTED',
        data: { type: 'password', kind: 'primary' },
      },
    ]);
  });

  it('refuses a second one, as Authgear does', async () => {
    await create(ada);
    const error = await acts.refused('createAuthenticator', asked(ada, 'another horse of colours'));
    expect(error.message).toMatch(/^duplicated authenticator/);
    expect(error.extensions).toMatchObject({
      errorName: 'Invalid',
      reason: 'InvariantViolated',
      info: { cause: { kind: 'DuplicatedAuthenticator' }, AuthenticatorType: 'password' },
    });
    expect(await proves(ada, PASSWORD)).toBe(true);
  });

  it('makes one of many that are asked for at once', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => create(ada, `${PASSWORD} ${n}`)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each(['', 'short', PASSWORD.repeat(20)])('holds it to the policy: %j', async (password) => {
    const error = await acts.refused('createAuthenticator', asked(ada, password));
    expect(error.extensions.reason).toBe('PasswordPolicyViolated');
  });

  it('does not bring a former one back that the history forbids', async () => {
    await setting('passwords.history_size', 3);
    const { authenticator } = await create(ada);
    await acts.does('deleteAuthenticator', { authenticatorID: authenticator.id });
    const error = await acts.refused('createAuthenticator', asked(ada));
    expect(error.extensions.info?.causes).toMatchObject([{ Name: 'PasswordReused' }]);
    await setting('passwords.history_size', 0);
  });

  it('is refused where nobody but the user types a password', async () => {
    await setting('passwords.typing_by_operators', false);
    for (const password of [PASSWORD, '']) {
      const error = await acts.refused('createAuthenticator', asked(ada, password));
      expect(error.extensions).toMatchObject({ errorName: 'Forbidden', reason: 'TypingPasswordDisabled' });
    }
    await setting('passwords.typing_by_operators', true);
  });

  it.each([
    ['a second factor', { kind: 'SECONDARY', type: 'PASSWORD', password: { password: PASSWORD } }],
    ['another type', { kind: 'PRIMARY', type: 'OOB_OTP_EMAIL', oobOtpEmail: { email: 'a@example.com' } }],
    ['a key without its owner', { kind: 'PRIMARY', type: 'PASSKEY' }],
    ['no password at all', { kind: 'PRIMARY', type: 'PASSWORD' }],
    [
      'what belongs to another type',
      { kind: 'PRIMARY', type: 'PASSWORD', oobOtpSMS: { phone: '+85251234567' } },
    ],
  ])('refuses %s', async (_, definition) => {
    const error = await acts.refused('createAuthenticator', { userID: userGlobalID(ada), definition });
    expect(error.extensions).toMatchObject({
      errorName: 'Invalid',
      reason: 'InvalidAuthenticatorDefinition',
    });
  });

  it('refuses an unknown user', async () => {
    expect((await acts.refused('createAuthenticator', asked(NOBODY))).extensions.reason).toBe('UserNotFound');
  });
});

describe('deleteAuthenticator', () => {
  it('takes the password away, signs out everywhere and records it', async () => {
    const { authenticator } = await create(ada);
    await acts.signIn(ada);
    const before = await userStore(bench.db('home')).find(ada);
    const answer = await acts.does(
      'deleteAuthenticator',
      { authenticatorID: authenticator.id },
      'user { id primaryPassword { id } sessions { totalCount } }',
    );
    expect(answer).toEqual({
      user: { id: userGlobalID(ada), primaryPassword: null, sessions: { totalCount: 0 } },
    });
    expect(await passwordOf(bench.db('home'), ada)).toBeUndefined();
    expect(await proves(ada, PASSWORD)).toBe(false);
    expect(await userStore(bench.db('home')).find(ada)).toMatchObject({
      passwordVersion: (before?.passwordVersion ?? 0) + 1,
      sessionEpoch: (before?.sessionEpoch ?? 0) + 1,
    });
    expect((await acts.trail(ada)).slice(-2).map(({ activityType }) => activityType)).toEqual([
      'PASSWORD_REMOVED',
      'ADMIN_API_MUTATION_DELETE_AUTHENTICATOR_EXECUTED',
    ]);
  });

  it('voids a mail with the password that is not sent yet', async () => {
    await acts.does('resetPassword', { userID: userGlobalID(ada), password: PASSWORD, sendPassword: true });
    const id = (await passwordOf(bench.db('home'), ada))?.id ?? '';
    await acts.does('deleteAuthenticator', { authenticatorID: globalID('Authenticator', id) });
    expect(await listMessages(bench.db('home'), bench.clock, { userID: ada })).toMatchObject([
      { state: 'superseded' },
    ]);
  });

  it.each([
    ['one that never was', globalID('Authenticator', NOBODY), 'AuthenticatorNotFound', 'NotFound'],
    ['an id of another type', userGlobalID(NOBODY), 'InvalidAuthenticatorID', 'Invalid'],
    ['an id that is none', 'password', 'InvalidAuthenticatorID', 'Invalid'],
  ])('refuses %s', async (_, authenticatorID, reason, errorName) => {
    const error = await acts.refused('deleteAuthenticator', { authenticatorID });
    expect(error.extensions).toMatchObject({ reason, errorName });
  });

  it('refuses one that is gone, and one of another project', async () => {
    const { authenticator } = await create(ada);
    const input = { authenticatorID: authenticator.id };
    const query =
      'mutation ($input: DeleteAuthenticatorInput!) { deleteAuthenticator(input: $input) { user { id } } }';
    const { errors } = await bench.ask('shop', query, { input });
    expect(errors?.[0]?.extensions.reason).toBe('AuthenticatorNotFound');
    await acts.does('deleteAuthenticator', input);
    expect((await acts.refused('deleteAuthenticator', input)).extensions.reason).toBe(
      'AuthenticatorNotFound',
    );
  });

  it('neither makes nor removes that of a collaborator with a key', async () => {
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'shop', 'viewer');
    expect((await acts.refused('createAuthenticator', asked(userID))).extensions.reason).toBe(
      'MayNotActOnCollaborator',
    );
  });

  it('asks an operator for their own password again before that of another operator', async () => {
    const owner = await bench.addOperator(`${randomToken(6)}@example.com`, 'home', 'owner');
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'home', 'editor');
    const stale = { ...owner, passwordProvedAt: new Date(bench.clock.now().getTime() - 3_600_000) };
    const create =
      'mutation ($input: CreateAuthenticatorInput!) { createAuthenticator(input: $input) { authenticator { id } } }';
    const remove =
      'mutation ($input: DeleteAuthenticatorInput!) { deleteAuthenticator(input: $input) { user { id } } }';
    const refused = await bench.askAs(stale, 'home', create, { input: asked(userID) });
    expect(refused.errors?.[0]?.extensions.reason).toBe('ReauthenticationRequired');
    const { data } = await bench.askAs(owner, 'home', create, { input: asked(userID) });
    const input = { authenticatorID: data.createAuthenticator.authenticator.id };
    const again = await bench.askAs(stale, 'home', remove, { input });
    expect(again.errors?.[0]?.extensions.reason).toBe('ReauthenticationRequired');
    expect((await bench.askAs(owner, 'home', remove, { input })).errors).toBeUndefined();
  });
});
