import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertProject } from '../../../tests/support/database.ts';
import { API_KEY, COMMAND_LINE } from '../../../tests/support/passwords.ts';
import {
  codeIn,
  NEW_PASSWORD,
  type TestRecovery,
  testRecovery,
  tokenIn,
  VISITOR,
} from '../../../tests/support/recovery.ts';
import { auditStore } from '../audit/index.ts';
import { passwordOf, resetPassword, setPasswordExpired, verifyPassword } from '../passwords/index.ts';
import { sessionStore } from '../sessions/index.ts';
import { userStore } from '../users/index.ts';
import { destinationsOf, redeemRecovery, sendResetPasswordMessage } from './index.ts';

const FORMER = 'plover hinge 41';

let test: TestRecovery;
let ada: string;

beforeEach(async () => {
  test = await testRecovery();
  ada = await test.accounts.user({
    loginIDs: [
      { type: 'email', value: 'Ada@example.com' },
      { type: 'email', value: 'ada@work.example' },
      { type: 'username', value: 'ada' },
      { type: 'phone', value: '+49 170 1234567' },
    ],
    password: FORMER,
  });
  return () => test.stop();
});

const refused = (reason: string) => expect.objectContaining({ reason });
const opens = async (password: string, userID = ada) =>
  (await verifyPassword(test.accounts.home, test.deps, { userID, account: 'a', password }, {})).ok;
const entries = async () =>
  (await auditStore(test.accounts.home).page({}, { limit: 1000, sortDirection: 'ASC' })).items;
const users = () =>
  test.accounts.home.kysely.updateTable('users').where('project_id', '=', 'home').where('id', '=', ada);

describe('a request', () => {
  it.each([
    ['Ada@example.com', 'Ada@example.com'],
    ['  ada@EXAMPLE.com ', 'Ada@example.com'],
    ['ada@work.example', 'ada@work.example'],
    ['ADA', 'Ada@example.com'],
    ['+491701234567', 'Ada@example.com'],
  ])('for %s goes to the stored address %s', async (loginID, recipient) => {
    await test.request(loginID);
    const arrived = await test.work();
    expect(arrived.map(({ recipients }) => recipients)).toEqual([[recipient]]);
  });

  it.each([
    'nobody@example.com',
    'nobody',
    '+4917000000',
    'no login id at all',
    '',
    'ada@example.com\nbcc: eve@example.com',
    'ada@example.com,eve@example.com',
    'adà@example.com',
    'ａda@exаmple.com',
    'x'.repeat(60_000),
  ])('for somebody unknown sends nothing, and leaves the same rows and jobs: %#', async (loginID) => {
    const shapeOf = async (whose: string) => {
      await sql`truncate codes`.execute(test.accounts.database.acrossProjects);
      const attempt = await test.request(whose, { kind: 'code' });
      const jobs = (await test.jobs()).map(({ task, payload }) => [task, Object.keys(payload)]);
      const arrived = (await test.work()).length;
      const { rows } = await sql<Record<string, unknown>>`
        select kind, purpose, data, origin, is_pending, tries, address_sealed, created_at, resend_at, expires_at,
          proved_at, used_at, voided_at from codes`.execute(test.accounts.database.acrossProjects);
      return { attempt: { ...attempt, id: '' }, jobs, rows, arrived };
    };
    const { arrived: one, ...known } = await shapeOf('ada@example.com');
    const { arrived: none, ...unknown } = await shapeOf(loginID);
    expect([one, none]).toEqual([1, 0]);
    expect(unknown).toEqual(known);
  });

  it('is recorded with what came of it, and what was typed only where it is an address', async () => {
    await test.request('ada');
    await test.work();
    await test.request('eve@example.com');
    await test.request('my secret passphrase');
    await test.request('mysecretpassphrase');
    await test.work();
    const found = (await entries()).filter(({ activityType }) => activityType === 'RECOVERY_REQUESTED');
    expect(found.map(({ userID, data, ipAddress }) => ({ userID, ipAddress, ...data }))).toMatchObject([
      { userID: ada, outcome: 'sent', kind: 'link', message_ids: [expect.any(String)] },
      { userID: null, outcome: 'unknown', login_id: 'eve@example.com', ipAddress: '203.0.113.7' },
      { userID: null, outcome: 'unknown' },
      { userID: null, outcome: 'unknown' },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/passphrase/);
  });

  it('is refused for what the project does not offer', async () => {
    await test.accounts.set('recovery.methods', ['code']);
    test.deps.project = await test.accounts.projects.get('home');
    await expect(test.request('ada')).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'RecoveryMethodDisabled',
      info: { kind: 'link', enabled: ['code'] },
    });
  });

  it('is counted for the IP address as the project has set it, and for the login id however it is written', async () => {
    await test.accounts.set('recovery.requests_per_ip_per_hour', 2);
    test.deps.project = await test.accounts.projects.get('home');
    await test.request('ada@example.com');
    await expect(test.request(' ADA@example.com')).rejects.toEqual(refused('CodeCooldown'));
    await test.request('nobody@example.com');
    const info = { limit: 'recovery.requests' };
    await expect(test.request('eve@example.com')).rejects.toMatchObject({ reason: 'RateLimited', info });
    await test.request('eve@example.com', {}, { ipAddress: '203.0.113.8' });
  });

  it('speaks the language of the user, else that of the page', async () => {
    await test.request('ada', { locale: 'de' });
    expect((await test.work())[0]?.parsed.subject).toContain('Neues Passwort');
    await users().set({ locale: 'en' }).execute();
    test.pass(1);
    await test.request('ada', { locale: 'de' });
    expect((await test.work())[0]?.parsed.subject).toContain('Set a new password');
  });

  it('leaves neither token nor code anywhere but in the mail', async () => {
    const token = await test.link('ada');
    const { code } = await test.code('ada@work.example');
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(await test.accounts.tablesWith(token)).toEqual([]);
    expect(test.logged()).not.toContain(token);
    expect(code).toMatch(/^\d{6}$/);
    const { rows } = await sql<{
      secret: string | null;
    }>`select secret_sealed as secret from messages`.execute(test.accounts.database.acrossProjects);
    expect(rows.every(({ secret }) => secret === null)).toBe(true);
  });
});

describe('an account that is special', () => {
  it('without a password is told how it is signed in to', async () => {
    const eve = await test.accounts.user({ loginIDs: [{ type: 'email', value: 'eve@example.com' }] });
    await test.request('eve@example.com');
    const [mail] = await test.work();
    expect(mail?.parsed.text).toContain('It has none that could be changed.');
    expect(mail?.parsed.text).toContain('The people who run Latchkey can give it one.');
    expect(mail?.parsed.text).not.toContain('/reset-password');

    const at = test.accounts.clock.now();
    const oauth = { id: '019ac3f0-0000-7000-8000-000000000001', userID: eve, type: 'oauth' } as const;
    const names = { original: 'google:7', normalized: 'google:7', uniqueKey: 'google:7' };
    const times = { claims: {}, verifiedAt: at, createdAt: at, updatedAt: at };
    await userStore(test.accounts.home).insertIdentity({ ...oauth, ...names, ...times });
    test.pass(1);
    await test.request('eve@example.com');
    expect((await test.work())[0]?.parsed.text).toContain('your account at another service');
  });

  it('without an e-mail address gets nothing', async () => {
    const loginIDs = [{ type: 'username' as const, value: 'nomail' }];
    const userID = await test.accounts.user({ loginIDs, password: FORMER });
    await test.request('nomail');
    expect(await test.work()).toEqual([]);
    expect((await entries()).at(-1)).toMatchObject({ userID, data: { outcome: 'no_address' } });
  });

  it.each([
    ['disabled', { is_disabled: true }],
    ['anonymized', { is_anonymized: true }],
    ['to be deleted', { delete_at: new Date('2030-01-01') }],
    ['not valid yet', { account_valid_from: new Date('2030-01-01') }],
  ])('that is %s gets nothing, and what it was sent is void', async (_, status) => {
    const token = await test.link('ada');
    await users().set(status).execute();
    test.pass(1);
    await test.request('ada');
    expect(await test.work()).toEqual([]);
    expect((await entries()).at(-1)).toMatchObject({ userID: ada, data: { outcome: 'account_not_usable' } });
    if ('account_valid_from' in status) return;
    await expect(test.redeem(token)).rejects.toEqual(refused('InvalidCode'));
    expect(await opens(FORMER)).toBe(true);
    const { isDisabled } = (await userStore(test.accounts.home).find(ada)) ?? {};
    expect(isDisabled).toBe('is_disabled' in status);
  });
});

describe('redeeming', () => {
  it.each(['link', 'code'])('a %s sets the password and all that goes with it', async (kind) => {
    const { home, clock } = test.accounts;
    await setPasswordExpired(home, test.deps, { userID: ada, expired: true }, COMMAND_LINE);
    const epoch = (await userStore(home).find(ada))?.sessionEpoch ?? 0;
    await sessionStore(home).save(
      {
        uid: 'uid-1',
        idHash: Buffer.alloc(32, 1),
        user: { userID: ada, sessionEpoch: epoch },
        payload: {},
        expiresAt: new Date(clock.now().getTime() + 60_000_000),
      },
      clock.now(),
    );
    let token: string;
    if (kind === 'link') token = await test.link('ada@work.example');
    else {
      const { attempt, code } = await test.code('ada@work.example');
      token = (await test.prove(attempt, code)).token;
    }
    expect(await test.subject(token)).toEqual({
      userID: ada,
      loginIDs: ['ada@work.example', 'Ada@example.com', 'ada', '+49 170 1234567'],
    });
    const before = await test.accounts.trail(ada);

    expect(await test.redeem(token)).toEqual({ loginID: 'ada@work.example' });
    expect(await opens(NEW_PASSWORD)).toBe(true);
    expect(await opens(FORMER)).toBe(false);
    expect((await passwordOf(home, ada))?.expireAfter).toBeNull();
    expect(await sessionStore(home).list(ada, clock.now())).toEqual([]);
    const verified = (await userStore(home).identitiesOf(ada)).filter(({ verifiedAt }) => verifiedAt);
    expect(verified.map(({ original }) => original)).toEqual(['ada@work.example']);
    expect((await test.accounts.trail(ada)).slice(before.length)).toEqual([
      'RECOVERY_REDEEMED',
      'IDENTITY_EMAIL_VERIFIED',
      'PASSWORD_CHANGED',
    ]);
    const notices = await test.work();
    expect(notices.map(({ recipients }) => recipients[0]).sort()).toEqual([
      'Ada@example.com',
      'ada@work.example',
    ]);
    for (const { raw } of notices) expect(raw).not.toContain(NEW_PASSWORD);
    await expect(test.redeem(token, 'another passphrase 2')).rejects.toEqual(refused('UsedCode'));
    expect(await opens(NEW_PASSWORD)).toBe(true);
  });

  it('of an address that is verified says nothing of it', async () => {
    await test.redeem(await test.link('ada'));
    await test.work();
    test.pass(1);
    await test.redeem(await test.link('ada'), 'another passphrase 2');
    const trail = await test.accounts.trail(ada);
    expect(trail.filter((type) => type === 'IDENTITY_EMAIL_VERIFIED')).toHaveLength(1);
    expect(trail.filter((type) => type === 'RECOVERY_REDEEMED')).toHaveLength(2);
  });

  it('a password that breaks the policy leaves the link as good as it was', async () => {
    const token = await test.link('ada');
    const before = await passwordOf(test.accounts.home, ada);
    for (const bad of ['short', 'x'.repeat(129), 'ada@work.example!']) {
      await expect(test.redeem(token, bad)).rejects.toEqual(refused('PasswordPolicyViolated'));
    }
    expect(await passwordOf(test.accounts.home, ada)).toEqual(before);
    await test.redeem(token);
    expect(await opens(NEW_PASSWORD)).toBe(true);
  });

  it('a former password is refused where the history says so', async () => {
    await test.accounts.set('passwords.history_size', 3);
    test.deps.project = await test.accounts.projects.get('home');
    await expect(test.redeem(await test.link('ada'), FORMER)).rejects.toMatchObject({
      reason: 'PasswordPolicyViolated',
      info: { causes: [{ Name: 'PasswordReused' }] },
    });
  });

  it('of a hundred at once lets one through', async () => {
    const token = await test.link('ada');
    const all = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        redeemRecovery(
          test.accounts.home,
          test.deps,
          { token, newPassword: `passphrase number ${index}` },
          { ipAddress: `203.0.113.${index}` },
        ),
      ),
    );
    const through = all.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    expect(through).toHaveLength(1);
    expect(await opens(`passphrase number ${through[0]}`)).toBe(true);
    const reasons = all.flatMap((result) => (result.status === 'rejected' ? [result.reason.reason] : []));
    expect(new Set(reasons)).toEqual(new Set(['UsedCode']));
    const trail = await test.accounts.trail(ada);
    expect(trail.filter((type) => type === 'RECOVERY_REDEEMED')).toHaveLength(1);
  }, 30_000);

  it('tells where it was begun, and hides the login until then', async () => {
    const begunBy = { interactionID: 'the-id-of-a-login', clientID: 'app-1' };
    const token = await test.link('ada', { begunBy });
    expect(await test.accounts.tablesWith('the-id-of-a-login')).toEqual([]);
    expect(await test.subject(token)).toMatchObject({ clientID: 'app-1' });
    expect(await test.redeem(token)).toEqual({ loginID: 'Ada@example.com', ...begunBy });
  });
});

describe('what is outstanding', () => {
  it('is void after a reset by an operator, and unsent mails with it are superseded', async () => {
    const token = await test.link('ada');
    test.pass(1);
    await test.request('ada', { kind: 'code' });
    await test.issue();
    const reset = { userID: ada, password: 'chosen by an operator 1', sendPassword: false };
    const rest = { setPasswordExpired: false, revokeSessions: false };
    await resetPassword(test.accounts.home, test.deps, { ...reset, ...rest }, COMMAND_LINE);
    await expect(test.redeem(token)).rejects.toEqual(refused('InvalidCode'));
    expect(await test.work()).toEqual([]);
    const { rows } = await sql<{ state: string }>`
      select state, reason from messages where type = 'recovery_code'`.execute(
      test.accounts.database.acrossProjects,
    );
    expect(rows).toEqual([{ state: 'superseded', reason: 'a newer password exists' }]);
    expect(await opens('chosen by an operator 1')).toBe(true);
  });

  it('is void after a newer one, whose mail is the only one that still goes out', async () => {
    await test.request('ada');
    await test.issue();
    test.pass(1);
    await test.request('ada@example.com');
    await test.issue();
    const arrived = await test.work();
    expect(arrived).toHaveLength(1);
    const [mail] = arrived;
    expect(await test.redeem(mail && tokenIn(mail))).toHaveProperty('loginID');
  });

  it('is not mailed once it has run out, and says so', async () => {
    await test.request('ada', { kind: 'code' });
    await test.issue();
    test.pass(5);
    expect(await test.work()).toEqual([]);
    const { rows } = await sql<{ state: string }>`select state, reason, secret_sealed from messages`.execute(
      test.accounts.database.acrossProjects,
    );
    expect(rows).toEqual([
      { state: 'failed', reason: 'the code in it has run out: only a new one helps', secret_sealed: null },
    ]);
  });

  it('is sent again when it is asked for, as a new one', async () => {
    const { attempt, code } = await test.code('ada');
    test.pass(1);
    await test.resend(attempt);
    const [mail] = await test.work();
    const again = mail ? codeIn(mail) : '';
    if (again !== code) await expect(test.prove(attempt, code)).rejects.toEqual(refused('InvalidCode'));
    expect(await test.prove(attempt, again)).toHaveProperty('token');
  });
});

describe('choosing a destination', () => {
  const destinations = (loginID: string) =>
    destinationsOf(test.accounts.home, test.deps, { loginID }, VISITOR);

  it('tells nothing and changes nothing where the project does not let users choose', async () => {
    expect(await destinations('ada')).toEqual([]);
    await test.accounts.set('recovery.choose_destination', true);
    test.deps.project = await test.accounts.projects.get('home');
    const second = (await destinations('ada'))[1]?.id;
    await test.accounts.set('recovery.choose_destination', false);
    test.deps.project = await test.accounts.projects.get('home');
    await test.request('ada', { destination: second });
    expect((await test.work())[0]?.recipients).toEqual(['Ada@example.com']);
  });

  it('shows masked addresses, and sends to the one that was chosen', async () => {
    await test.accounts.set('recovery.choose_destination', true);
    test.deps.project = await test.accounts.projects.get('home');
    expect(await destinations('nobody')).toEqual([]);
    const shown = await destinations('ada');
    expect(shown.map(({ masked }) => masked)).toEqual(['a***@ex***.com', 'a***@wo***.example']);
    await test.request('ada', { destination: shown[1]?.id });
    expect((await test.work())[0]?.recipients).toEqual(['ada@work.example']);

    const eve = { loginIDs: [{ type: 'email' as const, value: 'eve@example.com' }], password: FORMER };
    await test.accounts.user(eve);
    const theirs = (await destinations('eve@example.com'))[0]?.id;
    test.pass(1);
    await test.request('ada', { destination: theirs });
    expect((await test.work())[0]?.recipients).toEqual(['Ada@example.com']);
  });
});

describe('a link that somebody else sends', () => {
  const send = (loginID: string, acting = API_KEY) =>
    sendResetPasswordMessage(test.accounts.home, test.deps, { loginID }, acting);

  it('is mailed to the user alone, works once and for them alone', async () => {
    const other = { loginIDs: [{ type: 'email' as const, value: 'eve@example.com' }], password: FORMER };
    const eve = await test.accounts.user(other);
    const { userID, messageID } = await send('ADA');
    expect(userID).toBe(ada);
    const [mail] = await test.work();
    expect(mail?.recipients).toEqual(['Ada@example.com']);
    expect((await test.accounts.trail(ada)).filter((type) => !type.startsWith('EMAIL_')).slice(-2)).toEqual([
      'RECOVERY_REQUESTED',
      'ADMIN_API_MUTATION_SEND_RESET_PASSWORD_MESSAGE_EXECUTED',
    ]);
    expect(JSON.stringify(await entries())).toContain(messageID);
    const token = mail && tokenIn(mail);
    expect(JSON.stringify(await entries())).not.toContain(token);
    await test.redeem(token);
    expect([await opens(NEW_PASSWORD), await opens(FORMER)]).toEqual([true, false]);
    expect(await opens(FORMER, eve)).toBe(true);
    await expect(test.redeem(token)).rejects.toEqual(refused('UsedCode'));
  });

  it('gives a first password to a user who has none', async () => {
    const userID = await test.accounts.user({ loginIDs: [{ type: 'email', value: 'eve@example.com' }] });
    await send('eve@example.com');
    const [mail] = await test.work();
    await test.redeem(mail && tokenIn(mail));
    expect(await opens(NEW_PASSWORD, userID)).toBe(true);
  });

  it('voids the one before', async () => {
    const older = await test.link('ada');
    await send('ada');
    const [mail] = await test.work();
    await expect(test.redeem(older)).rejects.toEqual(refused('InvalidCode'));
    expect(await test.redeem(mail && tokenIn(mail))).toHaveProperty('loginID');
  });

  it('is refused, with nothing changed, where it cannot be', async () => {
    await test.accounts.user({ loginIDs: [{ type: 'username', value: 'nomail' }], password: FORMER });
    const disabled = await test.accounts.user({ loginIDs: [{ type: 'email', value: 'off@example.com' }] });
    await sql`update users set is_disabled = true where id = ${disabled}`.execute(
      test.accounts.database.acrossProjects,
    );
    const before = await test.accounts.snapshot();
    for (const nobody of ['nobody@example.com', '', 'a b', 'ada@example.com, eve@example.com']) {
      await expect(send(nobody)).rejects.toMatchObject({ kind: 'NotFound', reason: 'UserNotFound' });
    }
    await expect(send('nomail')).rejects.toMatchObject({ kind: 'Invalid', reason: 'RecoveryNoTarget' });
    await expect(send('off@example.com')).rejects.toEqual(refused('RecoveryNotPossible'));
    await test.accounts.projects.collaborators.add(
      { projectID: 'home', userID: ada, role: 'viewer' },
      COMMAND_LINE,
    );
    await expect(send('ada')).rejects.toEqual(refused('MayNotActOnCollaborator'));
    const after = await test.accounts.snapshot();
    for (const table of ['public.messages', 'public.codes', 'graphile_worker._private_jobs']) {
      expect([table, after[table]]).toEqual([table, before[table]]);
    }
  });
});

it('sees nothing of another project', async () => {
  const token = await test.link('ada');
  await insertProject(test.accounts.database, 'other');
  const other = test.accounts.database.forProject('other');
  const deps = { ...test.deps, project: await test.accounts.projects.get('other') };
  await expect(redeemRecovery(other, deps, { token, newPassword: NEW_PASSWORD }, VISITOR)).rejects.toEqual(
    refused('InvalidCode'),
  );
  await expect(sendResetPasswordMessage(other, deps, { loginID: 'ada' }, API_KEY)).rejects.toEqual(
    refused('UserNotFound'),
  );
});
