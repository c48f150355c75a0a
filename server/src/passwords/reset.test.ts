import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  API_KEY,
  COMMAND_LINE,
  operator,
  type TestAccounts,
  testAccounts,
} from '../../../tests/support/passwords.ts';
import { auditStore } from '../audit/index.ts';
import { secretPurpose } from '../messages/secret.ts';
import { newID } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { historyStore } from './history-store.ts';
import { type ResetRequest, resetPassword } from './reset.ts';
import { passwordOf } from './store.ts';
import { verifyPassword } from './verify.ts';

let test: TestAccounts;

beforeEach(async () => {
  test = await testAccounts();
  return () => test.stop();
});

const reset = async (userID: string, input: Partial<ResetRequest> = {}, acting = COMMAND_LINE) =>
  resetPassword(
    test.home,
    await test.deps(),
    { userID, sendPassword: false, setPasswordExpired: false, revokeSessions: true, ...input },
    acting,
  );

const opens = async (userID: string, password: string) =>
  verifyPassword(test.home, await test.deps(), { userID, account: 'a', password }, {});

const messages = () =>
  test.home.kysely
    .selectFrom('messages')
    .selectAll()
    .where('project_id', '=', 'home')
    .orderBy('recipient')
    .execute();

describe('a typed password', () => {
  it('takes the place of the one before, in the form it is typed in on another keyboard too', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    expect(await reset(userID, { password: 'cafe\u0301 lantern 7' })).toEqual({ messageIDs: [] });
    expect(await opens(userID, 'plover hinge 41')).toEqual({ ok: false });
    expect(await opens(userID, 'caf\u00e9 lantern 7')).toEqual({
      ok: true,
      userID,
      passwordVersion: 2,
      sessionEpoch: 1,
      mustChange: false,
    });
  });

  it('is refused with every rule it breaks, and nothing changes', async () => {
    await test.set('passwords.min_length', 12);
    await test.set('passwords.digit_required', true);
    await test.set('passwords.history_size', 3);
    const userID = await test.user({ password: 'plover hinge 41' });
    const before = await test.snapshot();
    await expect(reset(userID, { password: 'Latchkey', sendPassword: true })).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'PasswordPolicyViolated',
      message: 'password policy violated',
      info: {
        causes: [
          { Name: 'PasswordTooShort', Info: { min_length: 12, pw_length: 8 } },
          { Name: 'PasswordDigitRequired' },
          { Name: 'PasswordContainingExcludedKeywords' },
        ],
      },
    });
    await expect(reset(userID, { password: 'plover hinge 41' })).rejects.toMatchObject({
      info: { causes: [{ Name: 'PasswordReused', Info: { history_size: 3, history_days: 0 } }] },
    });
    expect(await test.snapshot()).toEqual(before);
  });

  it('is refused of 100,000 characters, and with characters nobody can type', async () => {
    const userID = await test.user();
    const before = await test.snapshot();
    await expect(reset(userID, { password: 'a'.repeat(100_000) })).rejects.toMatchObject({
      info: { causes: [{ Name: 'PasswordTooLong', Info: { max_length: 128, pw_length: 100_000 } }] },
    });
    await expect(reset(userID, { password: 'plover\0hinge' })).rejects.toMatchObject({
      info: { causes: [{ Name: 'PasswordControlCharacter' }] },
    });
    expect(await test.snapshot()).toEqual(before);
    await reset(userID, { password: '🔑🗝🔒🔓🔐🧷📎📌' });
    expect(await opens(userID, '🔑🗝🔒🔓🔐🧷📎📌')).toMatchObject({ ok: true });
  });

  it('may be the present one where the project keeps no history', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await reset(userID, { password: 'plover hinge 41' });
    expect(await opens(userID, 'plover hinge 41')).toMatchObject({ ok: true, passwordVersion: 2 });
  });

  it('is refused to operators and keys where the project says so; generating is not', async () => {
    await test.set('passwords.typing_by_operators', false);
    const userID = await test.user({ password: 'plover hinge 41' });
    const before = await test.snapshot();
    for (const acting of [API_KEY, operator(newID(test.clock))]) {
      await expect(reset(userID, { password: 'lantern quartz 7' }, acting)).rejects.toMatchObject({
        kind: 'Forbidden',
        reason: 'TypingPasswordDisabled',
      });
    }
    expect(await test.snapshot()).toEqual(before);
    const { generated, messageIDs } = await reset(userID, { sendPassword: true }, API_KEY);
    expect(messageIDs).toHaveLength(1);
    expect(await opens(userID, generated ?? '')).toMatchObject({ ok: true });
    await reset(userID, { password: 'lantern quartz 7' }, COMMAND_LINE);
  });
});

describe('a generated password', () => {
  for (const password of [undefined, '']) {
    it(`is what an ${password === undefined ? 'absent' : 'empty'} one stands for`, async () => {
      await test.set('passwords.minimum_guessable_level', 5);
      await test.set('passwords.symbol_required', true);
      const userID = await test.user();
      const { generated = '' } = await reset(userID, { password });
      expect(generated.length).toBeGreaterThanOrEqual(32);
      expect(generated).toMatch(/[^A-Za-z0-9]/);
      expect(await opens(userID, generated)).toMatchObject({ ok: true });
    });
  }
});

describe('what is sent', () => {
  it('goes to each e-mail login id, sealed, with a job that knows no more than an id', async () => {
    const userID = await test.user({
      loginIDs: [
        { type: 'email', value: 'alice@example.com' },
        { type: 'email', value: 'alice@work.example' },
        { type: 'username', value: 'alice' },
      ],
      password: 'plover hinge 41',
    });
    const { messageIDs } = await reset(userID, {
      password: 'lantern quartz 7',
      sendPassword: true,
      setPasswordExpired: true,
    });
    const rows = await messages();
    expect(rows.map(({ id }) => id).sort()).toEqual([...messageIDs].sort());
    expect(
      rows.map((row) => [row.recipient, row.type, row.state, row.password_version, row.payload]),
    ).toEqual(
      ['alice@example.com', 'alice@work.example'].map((address) => [
        address,
        'password_reset_by_admin',
        'queued',
        2,
        { loginID: address, mustChange: true, isFirst: false },
      ]),
    );
    for (const { id, secret_sealed } of rows) {
      const opened = test.secrets.open(secretPurpose('home', id), secret_sealed ?? '');
      expect(opened.toString()).toBe('lantern quartz 7');
    }
    const [first] = messageIDs;
    expect(await test.tablesWith(first ?? '')).toContain('graphile_worker._private_jobs');
  });

  it('leaves the password in clear nowhere in the database', async () => {
    const userID = await test.user({ password: '' });
    const { generated = '' } = await reset(userID, { sendPassword: true });
    await reset(userID, { password: 'lantern quartz 7', sendPassword: true }, API_KEY);
    expect(await test.tablesWith('alice@example.com')).toContain('public.messages');
    expect(await test.tablesWith(generated)).toEqual([]);
    expect(await test.tablesWith('lantern quartz 7')).toEqual([]);
    expect(await test.tablesWith(Buffer.from('lantern quartz 7').toString('base64').slice(0, 20))).toEqual(
      [],
    );
  });

  it('has the words for a first password where there was none', async () => {
    const userID = await test.user();
    await reset(userID, { sendPassword: true });
    expect((await messages()).map(({ payload }) => payload)).toEqual([
      { loginID: 'alice@example.com', mustChange: false, isFirst: true },
    ]);
    await reset(userID, { sendPassword: true });
    expect((await messages()).map(({ payload }) => payload)).toContainEqual({
      loginID: 'alice@example.com',
      mustChange: false,
      isFirst: false,
    });
  });

  it('is refused without an e-mail login id, and nothing changes', async () => {
    const userID = await test.user({
      loginIDs: [{ type: 'username', value: 'alice' }],
      password: 'plover hinge 41',
    });
    const before = await test.snapshot();
    await expect(reset(userID, { sendPassword: true })).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'SendPasswordNoTarget',
    });
    expect(await test.snapshot()).toEqual(before);
  });

  it('is void and erased once a newer password exists', async () => {
    const userID = await test.user();
    const first = await reset(userID, { sendPassword: true });
    await reset(userID, { sendPassword: false });
    expect(await messages()).toMatchObject([
      { id: first.messageIDs[0], state: 'superseded', secret_sealed: null },
    ]);
  });
});

describe('what goes with it', () => {
  it('asks for a change at the next login, or for none', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await reset(userID, { password: 'lantern quartz 7', setPasswordExpired: true });
    expect((await passwordOf(test.home, userID))?.expireAfter).toEqual(test.clock.now());
    expect(await opens(userID, 'lantern quartz 7')).toMatchObject({ mustChange: true });
    await reset(userID, { password: 'lantern quartz 8', setPasswordExpired: false });
    expect((await passwordOf(test.home, userID))?.expireAfter).toBeNull();
    expect(await opens(userID, 'lantern quartz 8')).toMatchObject({ mustChange: false });
  });

  it('ends every session, or leaves them', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const epoch = async () => (await userStore(test.home).find(userID))?.sessionEpoch;
    await reset(userID, { revokeSessions: false });
    expect(await epoch()).toBe(0);
    await reset(userID, { revokeSessions: true });
    expect(await epoch()).toBe(1);
  });

  it('is recorded without the password; the mutation only where the API was asked', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const { messageIDs } = await reset(userID, { sendPassword: true, setPasswordExpired: true }, API_KEY);
    await reset(userID, { password: 'lantern quartz 7' }, COMMAND_LINE);
    expect(await test.trail(userID)).toEqual([
      'USER_CREATED',
      'PASSWORD_RESET',
      'ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED',
      'PASSWORD_RESET',
    ]);
    const { items } = await auditStore(test.home).page(
      { userIDs: [userID], activityTypes: ['ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED'] },
      { limit: 10 },
    );
    expect(items).toMatchObject([
      {
        actor: { type: 'admin_api', keyID: 'key-1' },
        data: { generated: true, must_change: true, sessions_revoked: true, message_ids: messageIDs },
      },
    ]);
  });

  it('keeps of the history what the policy asks for, and the present password', async () => {
    await test.set('passwords.history_size', 2);
    const userID = await test.user({ password: 'plover hinge 41' });
    for (const number of [42, 43]) await reset(userID, { password: `plover hinge ${number}` });
    await expect(reset(userID, { password: 'plover hinge 42' })).rejects.toMatchObject({
      reason: 'PasswordPolicyViolated',
    });
    await reset(userID, { password: 'plover hinge 41' });
    expect(await historyStore(test.home).hashes(userID, { newest: 100 })).toHaveLength(2);

    await test.set('passwords.history_size', 0);
    await test.set('passwords.history_days', 10);
    test.clock.advance(9 * 86_400_000);
    await expect(reset(userID, { password: 'plover hinge 41' })).rejects.toMatchObject({
      info: { causes: [{ Name: 'PasswordReused', Info: { history_size: 0, history_days: 10 } }] },
    });
    test.clock.advance(2 * 86_400_000);
    await reset(userID, { password: 'plover hinge 41' });
    expect(await historyStore(test.home).hashes(userID, { newest: 100 })).toHaveLength(1);
  });
});

describe('who is reset', () => {
  it('is a user of this project', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const other = await test.projects.create({ name: 'Other', id: 'other' }, COMMAND_LINE);
    const before = await test.snapshot();
    const deps = await test.deps(other.id);
    const input = { userID, sendPassword: false, setPasswordExpired: false, revokeSessions: true };
    await expect(
      resetPassword(test.database.forProject(other.id), deps, input, API_KEY),
    ).rejects.toMatchObject({ kind: 'NotFound', reason: 'UserNotFound' });
    for (const unknown of [newID(test.clock), 'no uuid', "'; drop table users; --"]) {
      await expect(reset(unknown)).rejects.toMatchObject({ kind: 'NotFound', reason: 'UserNotFound' });
    }
    expect(await test.snapshot()).toEqual(before);
  });

  it('may be disabled or about to be deleted, and stays so', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const status = { is_disabled: true, disable_reason: 'left', delete_at: new Date('2026-03-01T00:00:00Z') };
    await test.home.kysely.updateTable('users').set(status).where('project_id', '=', 'home').execute();
    await reset(userID, { password: 'lantern quartz 7' });
    expect(await userStore(test.home).find(userID)).toMatchObject({
      isDisabled: true,
      disableReason: 'left',
      deleteAt: status.delete_at,
      passwordVersion: 2,
    });
  });

  it('is no anonymized user', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    await test.home.kysely
      .updateTable('users')
      .set({ is_anonymized: true })
      .where('project_id', '=', 'home')
      .execute();
    const before = await test.snapshot();
    await expect(reset(userID)).rejects.toMatchObject({ kind: 'Invalid', reason: 'UserIsAnonymized' });
    expect(await test.snapshot()).toEqual(before);
  });

  it('is no collaborator when a key asks, or an operator of a lower role (Keycloak CVE-2026-94001)', async () => {
    const userID = await test.user({ password: 'plover hinge 41' });
    const editor = await test.user({ loginIDs: [{ type: 'email', value: 'bob@example.com' }] });
    const owner = await test.user({ loginIDs: [{ type: 'email', value: 'carol@example.com' }] });
    for (const [who, role] of [
      [userID, 'owner'],
      [editor, 'editor'],
      [owner, 'owner'],
    ] as const) {
      await test.projects.collaborators.add({ projectID: 'home', userID: who, role }, COMMAND_LINE);
    }
    const before = await test.snapshot();
    for (const acting of [API_KEY, operator(editor)]) {
      await expect(reset(userID, {}, acting)).rejects.toMatchObject({
        kind: 'Forbidden',
        reason: 'MayNotActOnCollaborator',
      });
    }
    expect(await test.snapshot()).toEqual(before);
    await reset(userID, {}, operator(owner));
  });
});

/** The act with all its modules loaded once more: what another process on the same database has. */
async function elsewhere(): Promise<typeof resetPassword> {
  vi.resetModules();
  return (await import('./reset.ts')).resetPassword;
}

it('fifty times at once, from three processes, leaves one consistent state and a complete trail', async () => {
  await test.set('passwords.history_size', 60);
  const userID = await test.user({ password: 'plover hinge 41' });
  const processes = [await elsewhere(), await elsewhere(), await elsewhere()];
  const deps = await test.deps();
  const options = { userID, sendPassword: true, setPasswordExpired: false, revokeSessions: true };
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const password = index % 5 === 0 ? `lantern quartz ${index}` : undefined;
      const act = processes[index % processes.length] ?? resetPassword;
      return act(test.home, deps, { ...options, password }, API_KEY);
    }),
  );

  const user = await userStore(test.home).find(userID);
  expect(user).toMatchObject({ passwordVersion: 51, sessionEpoch: 50 });

  const passwords = results.map(({ generated }, index) => generated ?? `lantern quartz ${index}`);
  const stored = (await passwordOf(test.home, userID))?.hash ?? '';
  const matches = await Promise.all(passwords.map((password) => test.hasher.verify(stored, password)));
  expect(matches.filter(Boolean)).toHaveLength(1);

  const hashes = await historyStore(test.home).hashes(userID, { newest: 100 });
  expect(hashes).toHaveLength(51);
  expect(hashes[0]).toBe(stored);
  expect(new Set(hashes).size).toBe(51);

  const mails = await messages();
  expect(mails).toHaveLength(50);
  const living = mails.filter(({ secret_sealed }) => secret_sealed !== null);
  expect(living).toMatchObject([{ password_version: 51, state: 'queued' }]);
  expect(mails.filter(({ state }) => state === 'superseded')).toHaveLength(49);
  const sealed = living[0]?.secret_sealed ?? '';
  const mailed = test.secrets.open(secretPurpose('home', living[0]?.id ?? ''), sealed).toString();
  expect(passwords[matches.indexOf(true)]).toBe(mailed);

  const trail = await test.trail(userID);
  expect(trail.filter((type) => type === 'PASSWORD_RESET')).toHaveLength(50);
  expect(trail.filter((type) => type === 'ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED')).toHaveLength(50);
  expect(trail).toHaveLength(101);
});

it('that was overtaken by the same password of another process is refused: the history is judged anew', async () => {
  await test.set('passwords.history_size', 5);
  const userID = await test.user({ password: 'plover hinge 41' });
  const deps = await test.deps();
  let overtaken = false;
  const hasher = {
    ...deps.hasher,
    async hash(password: string) {
      const made = await deps.hasher.hash(password);
      if (!overtaken) {
        overtaken = true;
        const resetElsewhere = await elsewhere();
        const input = {
          userID,
          password,
          sendPassword: false,
          setPasswordExpired: false,
          revokeSessions: true,
        };
        await resetElsewhere(test.home, deps, input, COMMAND_LINE);
      }
      return made;
    },
  };
  const input = { userID, password: 'lantern quartz 7', sendPassword: false, setPasswordExpired: false };
  await expect(
    resetPassword(test.home, { ...deps, hasher }, { ...input, revokeSessions: true }, COMMAND_LINE),
  ).rejects.toMatchObject({ info: { causes: [{ Name: 'PasswordReused' }] } });
  expect((await userStore(test.home).find(userID))?.passwordVersion).toBe(2);
});
