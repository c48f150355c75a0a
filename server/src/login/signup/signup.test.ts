import { beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '../../../../tests/support/passwords.ts';
import {
  NEWCOMER,
  SIGNUP_PASSWORD,
  type TestSignups,
  testSignups,
  VISITOR,
} from '../../../../tests/support/signup.ts';
import { verifyPassword } from '../../passwords/index.ts';
import { userStore } from '../../users/index.ts';
import {
  createAccount,
  finishLogin,
  locateSignup,
  provePassword,
  proveSignupCode,
  requestSignupCode,
  sweepLogins,
} from '../index.ts';

const MINUTE_MS = 60_000;

let test: TestSignups;

beforeEach(async () => {
  test = await testSignups();
  return () => test.stop();
});

const advance = (ms: number) => test.accounts.clock.advance(ms);
const finish = (as = 'uid-1') => finishLogin(test.accounts.home, test.accounts, as, VISITOR);
const ownerOf = (address: string) => userStore(test.accounts.home).findByIdentity('email', address);
const countUsers = async () =>
  (
    await test.accounts.home.kysely
      .selectFrom('users')
      .select('id')
      .where('project_id', '=', 'home')
      .execute()
  ).length;
/** A code that is not this one. */
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');
const wrongTimes = async (count: number, code: string, as?: string) => {
  for (let i = 0; i < count; i += 1) {
    await expect(test.prove(otherThan(code), as)).rejects.toMatchObject({ reason: 'InvalidCode' });
  }
};

describe('who signs up', () => {
  it('proves an address, chooses a password, and is signed in with it', async () => {
    expect(await test.locate()).toMatchObject({ step: 'address', signup: undefined });
    expect(await test.request(' Newcomer@Example.com ')).toMatchObject({
      step: 'code',
      signup: { address: { original: 'Newcomer@Example.com', uniqueKey: NEWCOMER }, provedAt: null },
    });
    const [mail, ...more] = await test.work();
    expect(mail).toEqual({
      type: 'signup_code',
      recipient: 'Newcomer@Example.com',
      userID: null,
      locale: 'de',
      code: expect.stringMatching(/^\d{6}$/),
    });
    expect(more).toEqual([]);
    expect(await countUsers()).toBe(0);

    const code = mail?.code ?? '';
    expect(await test.prove(` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({ step: 'password' });
    expect(await countUsers()).toBe(0);
    expect(await finish()).toBeUndefined();

    expect(await test.create()).toMatchObject({ step: 'finish', login: { step: 'finish' } });
    const user = await ownerOf(NEWCOMER);
    const userID = user?.id ?? '';
    expect(user).toMatchObject({ locale: 'de', passwordVersion: 1 });
    expect(await userStore(test.accounts.home).identitiesOf(userID)).toMatchObject([
      { original: 'Newcomer@Example.com', verifiedAt: test.accounts.clock.now() },
    ]);
    expect(await finish()).toMatchObject({ userID, passwordVersion: 1, sessionEpoch: 0, amr: ['pwd'] });
    expect(await test.accounts.trail(userID)).toEqual([
      'USER_CREATED',
      'IDENTITY_EMAIL_VERIFIED',
      'USER_AUTHENTICATED',
    ]);
    const given = { interactionID: 'uid-2', loginID: NEWCOMER, password: SIGNUP_PASSWORD };
    expect(await provePassword(test.accounts.home, await test.deps(), given, VISITOR)).toMatchObject({
      step: 'finish',
    });
    expect(await test.locate()).toMatchObject({ step: 'address', ranOut: false });
  });

  it('leaves neither the way nor the address nor the code behind in clear', async () => {
    const code = await test.codeFor();
    // The message has to say where it goes.
    expect(await test.accounts.tablesWith(NEWCOMER)).toEqual(['public.messages']);
    await test.prove(code);
    await test.create();
    for (const secret of ['uid-1', code, SIGNUP_PASSWORD]) {
      expect([secret, await test.accounts.tablesWith(secret)]).toEqual([secret, []]);
    }
  });

  it('chooses a password within the policy, which knows the address', async () => {
    await test.prove(await test.codeFor());
    const before = await test.accounts.snapshot();
    for (const password of ['short', NEWCOMER]) {
      await expect(test.create(password)).rejects.toMatchObject({ reason: 'PasswordPolicyViolated' });
    }
    expect(await test.accounts.snapshot()).toEqual(before);
    expect(await test.locate()).toMatchObject({ step: 'password' });
  });

  it('keeps the code that was just sent when the same address is entered again', async () => {
    const code = await test.codeFor();
    expect(await test.request('NEWCOMER@example.com')).toMatchObject({ step: 'code' });
    expect(await test.jobs()).toEqual([]);
    expect(await test.prove(code)).toMatchObject({ step: 'password' });
    expect(await test.request()).toMatchObject({ step: 'password' });
  });

  it('is one user however often the last form is sent at once', async () => {
    await test.prove(await test.codeFor());
    const states = await Promise.all([test.create(), test.create(), test.create()]);
    expect(states.map(({ step }) => step)).toEqual(['finish', 'finish', 'finish']);
    expect(await countUsers()).toBe(1);
    const finished = await Promise.all([finish(), finish()]);
    expect(finished.filter(Boolean)).toHaveLength(1);
  });

  it('has proved the address once however often the code is sent at once', async () => {
    const code = await test.codeFor();
    const states = await Promise.all([test.prove(code), test.prove(code), test.prove(code)]);
    expect(states.map(({ step }) => step)).toEqual(['password', 'password', 'password']);
  });
});

describe('an address that somebody has', () => {
  it.each([
    ['as it is', 'alice@example.com'],
    ['in another spelling', 'ALICE@Example.COM'],
  ])('gets a mail about the account, and no code, %s', async (_, typed) => {
    const userID = await test.accounts.user({ password: 'lantern quartz 7' });
    const [unknown, known] = [await test.request(), await test.request(typed, 'uid-2')];
    expect(known).toEqual({ ...unknown, signup: { ...unknown.signup, ...known.signup } });
    expect(await test.jobs()).toHaveLength(2);
    const mails = await test.work();
    expect(mails.map(({ type }) => type)).toEqual(['signup_code', 'signup_existing_account']);
    expect(mails[1]).toEqual({
      type: 'signup_existing_account',
      // Where it is stored, and not where it was typed.
      recipient: 'alice@example.com',
      userID,
      locale: 'de',
      code: undefined,
    });
    for (const code of ['000000', mails[0]?.code ?? '', '123456', '', 'null']) {
      await expect(test.prove(code, 'uid-2')).rejects.toMatchObject({ reason: 'InvalidCode' });
    }
    expect(await test.create('attacker chose 1', 'uid-2')).toMatchObject({ step: 'code' });
    const deps = await test.deps();
    const tried = { userID, account: 'a', password: 'lantern quartz 7' };
    const verdict = await verifyPassword(test.accounts.home, deps, tried, VISITOR);
    expect(verdict.ok).toBe(true);
    // An operator has entered it, and nobody has proved it.
    expect(await userStore(test.accounts.home).identitiesOf(userID)).toMatchObject([{ verifiedAt: null }]);
  });

  it('is refused after as many wrong codes, and for as long, as one that nobody has', async () => {
    await test.accounts.user();
    const answers = async (address: string, as: string) => {
      await test.request(address, as);
      await test.work();
      const tried = [];
      for (let i = 0; i < 7; i += 1) {
        tried.push(
          await test.prove('999999', as).catch(({ kind, reason, message }) => [kind, reason, message]),
        );
      }
      advance(11 * MINUTE_MS);
      tried.push(await test.prove('999999', as).catch(({ reason }) => reason));
      return tried;
    };
    // One in a million times the code is that one.
    expect(await answers('alice@example.com', 'uid-1')).toEqual(await answers(NEWCOMER, 'uid-2'));
  });

  it('is not told from its look-alikes, which are other addresses', async () => {
    await test.accounts.user({ loginIDs: [{ type: 'email', value: 'mike@example.org' }] });
    for (const [index, address] of ['mıke@example.org', 'míke@example.org', 'mike@exámple.org'].entries()) {
      await test.request(address, `uid-${index}`);
      const [mail] = await test.work();
      expect(mail).toMatchObject({ type: 'signup_code', recipient: address });
    }
  });

  it('is told so once it is proved, where the account came meanwhile', async () => {
    await test.prove(await test.codeFor());
    const userID = await test.accounts.user({ loginIDs: [{ type: 'email', value: NEWCOMER }] });
    const trail = await test.accounts.trail(userID);
    await expect(test.create()).rejects.toMatchObject({ kind: 'AlreadyExists', reason: 'AddressTaken' });
    expect(await test.accounts.trail(userID)).toEqual(trail);
    expect(await countUsers()).toBe(1);
    expect(await test.locate()).toMatchObject({ step: 'address', ranOut: false });
    expect(await finish()).toBeUndefined();
  });

  it('is that of the first of two who proved it', async () => {
    await test.prove(await test.codeFor(NEWCOMER, 'uid-1'), 'uid-1');
    advance(MINUTE_MS);
    await test.prove(await test.codeFor(NEWCOMER, 'uid-2'), 'uid-2');
    const outcomes = await Promise.allSettled([
      test.create('plover hinge 41', 'uid-1'),
      test.create('lantern quartz 7', 'uid-2'),
    ]);
    const [won] = outcomes.filter(({ status }) => status === 'fulfilled');
    const [lost] = outcomes.filter(({ status }) => status === 'rejected');
    expect(won).toMatchObject({ value: { step: 'finish' } });
    expect(lost).toMatchObject({ reason: { reason: 'AddressTaken' } });
    expect(await countUsers()).toBe(1);
  });
});

describe('a code', () => {
  it('survives five wrong ones and not a sixth; a new one works', async () => {
    const code = await test.codeFor();
    await wrongTimes(5, code);
    await expect(test.prove(code)).rejects.toMatchObject({ reason: 'TooManyTries' });
    advance(MINUTE_MS);
    expect(await test.resend()).toMatchObject({ step: 'code' });
    const [mail] = await test.work();
    expect(await test.prove(mail?.code ?? '')).toMatchObject({ step: 'password' });
  });

  it('is void once another was sent', async () => {
    const code = await test.codeFor();
    advance(MINUTE_MS);
    await test.resend();
    await test.work();
    // One in a million times both are the same.
    await expect(test.prove(code)).rejects.toMatchObject({ reason: 'InvalidCode' });
  });

  it('comes once a minute, five times an hour, whoever asks', async () => {
    await test.codeFor();
    await expect(test.resend()).rejects.toMatchObject({
      reason: 'CodeCooldown',
      info: { retry_after_seconds: 60 },
    });
    await expect(test.request(NEWCOMER, 'uid-2')).rejects.toMatchObject({ reason: 'CodeCooldown' });
    for (let i = 0; i < 4; i += 1) {
      advance(MINUTE_MS);
      await test.resend();
    }
    advance(MINUTE_MS);
    await expect(test.resend()).rejects.toMatchObject({ reason: 'RateLimited' });
    await expect(test.request(NEWCOMER, 'uid-2')).rejects.toMatchObject({ reason: 'RateLimited' });
    expect(await test.request('other@example.com', 'uid-2')).toMatchObject({ step: 'code' });
  });

  it('is sent sixty times an hour at the request of one network address', async () => {
    for (let i = 0; i < 60; i += 1) await test.request(`user-${i}@example.com`, `uid-${i}`);
    await expect(test.request('one-more@example.com', 'uid-x')).rejects.toMatchObject({
      reason: 'RateLimited',
    });
    advance(60 * MINUTE_MS);
    expect(await test.request('one-more@example.com', 'uid-x')).toMatchObject({ step: 'code' });
  });

  it('is good for ten minutes', async () => {
    const code = await test.codeFor();
    advance(10 * MINUTE_MS);
    await expect(test.prove(code)).rejects.toMatchObject({ reason: 'CodeExpired' });
    expect(await test.locate()).toMatchObject({ step: 'code' });
  });

  it('proves its own address in its own login only', async () => {
    const code = await test.codeFor();
    expect(await test.prove(code, 'uid-2')).toMatchObject({ step: 'address' });
    const other = await test.codeFor('other@example.com', 'uid-2');
    await expect(test.prove(code === other ? otherThan(code) : code, 'uid-2')).rejects.toMatchObject({
      reason: 'InvalidCode',
    });
  });

  it('proves nothing for an address that is entered after it', async () => {
    await test.prove(await test.codeFor());
    expect(await test.request('victim@example.com')).toMatchObject({ step: 'code' });
    expect(await test.create()).toMatchObject({ step: 'code' });
    expect(await countUsers()).toBe(0);
  });
});

describe('a sign-up that is not finished', () => {
  it('runs out after half an hour, proved or not, and leaves nothing', async () => {
    await test.prove(await test.codeFor());
    advance(30 * MINUTE_MS - 1);
    expect(await test.locate()).toMatchObject({ step: 'password' });
    advance(1);
    expect(await test.locate()).toMatchObject({ step: 'address', ranOut: true });
    expect(await test.create()).toMatchObject({ step: 'address' });
    await test.request('other@example.com', 'uid-2');
    await sweepLogins(test.accounts);
    const left = await test.accounts.home.kysely
      .selectFrom('signup_flows')
      .select('attempt_id')
      .where('project_id', '=', 'home')
      .execute();
    expect(left).toHaveLength(1);
    expect(await countUsers()).toBe(0);
  });

  it('does nothing out of order', async () => {
    const before = await test.accounts.snapshot();
    expect(await test.prove('123456')).toMatchObject({ step: 'address' });
    expect(await test.resend()).toMatchObject({ step: 'address' });
    expect(await test.create()).toMatchObject({ step: 'address' });
    expect(await test.accounts.snapshot()).toEqual(before);
    await test.codeFor();
    const waiting = await test.accounts.snapshot();
    expect(await test.create()).toMatchObject({ step: 'code' });
    expect(await test.accounts.snapshot()).toEqual(waiting);
  });

  it('is over where somebody signs in in its place', async () => {
    await test.accounts.user({ password: 'lantern quartz 7' });
    await test.codeFor();
    const given = { interactionID: 'uid-1', loginID: 'alice@example.com', password: 'lantern quartz 7' };
    await provePassword(test.accounts.home, await test.deps(), given, VISITOR);
    for (const state of [await test.locate(), await test.create(), await test.request()]) {
      expect(state).toMatchObject({ step: 'finish', login: { step: 'finish' } });
    }
    expect(await countUsers()).toBe(1);
  });

  it('is refused at whichever step where sign-up is switched off, or there are no e-mail addresses', async () => {
    const code = await test.codeFor();
    for (const [key, value] of [
      ['login.signup_enabled', false],
      ['login.identity_types', ['username']],
    ] as const) {
      await test.accounts.set(key, value);
      const before = await test.accounts.snapshot();
      const acts = [
        () => test.request(),
        () => test.request('x@example.com', 'uid-2'),
        () => test.resend(),
        () => test.prove(code),
        () => test.create(),
      ];
      for (const act of acts) {
        await expect(act()).rejects.toMatchObject({ kind: 'Forbidden', reason: 'SignupDisabled' });
      }
      expect(await test.accounts.snapshot()).toEqual(before);
      await test.accounts.set(key, undefined);
    }
    expect(await test.prove(code)).toMatchObject({ step: 'password' });
  });

  it('is one of its own project', async () => {
    await test.accounts.user();
    await test.accounts.projects.create({ name: 'Other', id: 'other' }, COMMAND_LINE);
    const other = test.accounts.database.forProject('other');
    const deps = await test.deps('other');
    const code = await test.codeFor();
    expect(await locateSignup(other, deps, 'uid-1')).toMatchObject({ step: 'address' });
    expect(await proveSignupCode(other, deps, { interactionID: 'uid-1', code }, VISITOR)).toMatchObject({
      step: 'address',
    });
    const create = { interactionID: 'uid-1', password: SIGNUP_PASSWORD, locale: 'en' };
    expect(await createAccount(other, deps, create, VISITOR)).toMatchObject({ step: 'address' });
    // Whoever has it elsewhere does not have it there.
    const request = { interactionID: 'uid-9', address: 'alice@example.com', locale: 'en' };
    await requestSignupCode(other, deps, request, VISITOR);
    await test.work();
    const sent = other.kysely.selectFrom('messages').select('type').where('project_id', '=', 'other');
    expect(await sent.execute()).toEqual([{ type: 'signup_code' }]);
  });
});

describe('an address is refused with the field’s name where it is none', () => {
  it.each([
    '',
    '   ',
    'alice',
    '@example.com',
    'alice@',
    'alice@example.com\r\nBcc: victim@example.com',
    'alice@example.com\0',
    'alice@example.com,bob@example.com',
    'alice@localhost@example.com@',
    '"alice smith"@example.com',
    `${'a'.repeat(300)}@example.com`,
    '+85298765432',
  ])('%j', async (address) => {
    const before = await test.accounts.snapshot();
    await expect(test.request(address)).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'InvalidLoginID',
      info: { type: 'email' },
    });
    expect(await test.accounts.snapshot()).toEqual(before);
  });

  it('and taken in any script, with its domain in either form', async () => {
    await test.request('jürgen@münchen.example');
    const [mail] = await test.work();
    expect(mail?.recipient).toBe('jürgen@münchen.example');
    expect(await test.request('jürgen@xn--mnchen-3ya.example')).toMatchObject({ step: 'code' });
    expect(await test.jobs()).toEqual([]);
  });
});
