import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  consumeToken,
  findByToken,
  issueSecret,
  openLink,
  proveCode,
  startAttempt,
} from '../../server/src/codes/index.ts';
import { changePassword, verifyPassword } from '../../server/src/passwords/index.ts';
import { openDatabase } from '../../server/src/platform/database/index.ts';
import {
  proveRecoveryCode,
  requestRecovery,
  sendResetPasswordMessage,
} from '../../server/src/recovery/index.ts';
import { userStore } from '../../server/src/users/index.ts';
import { API_KEY } from '../support/passwords.ts';
import {
  codeIn,
  NEW_PASSWORD,
  type TestRecovery,
  testRecovery,
  tokenIn,
  VISITOR,
} from '../support/recovery.ts';
import { recordPostgres } from '../support/statements.ts';

const FORMER = 'plover hinge 41';

let test: TestRecovery;
let ada: string;
let eve: string;

beforeEach(async () => {
  test = await testRecovery();
  ada = await addUser('ada@example.com');
  eve = await addUser('eve@example.com');
  return () => test.stop();
});

const addUser = (value: string): Promise<string> =>
  test.accounts.user({ loginIDs: [{ type: 'email', value }], password: FORMER });
const refused = (reason: string) => expect.objectContaining({ reason });
const isPassword = async (userID: string, password: string) =>
  (await verifyPassword(test.accounts.home, test.deps, { userID, account: userID, password }, VISITOR)).ok;

/** Sees that the work sets nobody's password, and uses nothing up. */
async function setsNothing(work: () => Promise<unknown>): Promise<void> {
  const state = async () => {
    const {
      'public.authenticators': one,
      'public.users': two,
      'public.sessions': three,
    } = await test.accounts.snapshot();
    return [one, two, three];
  };
  const before = await state();
  await work();
  expect(await state()).toEqual(before);
}

/** A token that was made for a sign-up, with Ada's account behind it. */
const signupToken = (): Promise<string> =>
  test.accounts.home.transaction(async (tx) => {
    const input = { purpose: 'signup', key: 'email:ada@example.com', lifetimeMs: 60_000, data: {} } as const;
    const id = await openLink(tx, test.deps, input, VISITOR);
    await userStore(tx).lock(ada);
    const [identity] = await userStore(tx).identitiesOf(ada);
    return issueSecret(tx, test.deps, id, { userID: ada, identityID: identity?.id });
  });

describe('1 Keycloak CVE-2026-18963: a reset without what was mailed', () => {
  it('who asked for a code has no password set before it was entered, whatever they show instead', async () => {
    const { attempt } = await test.code('ada@example.com');
    await setsNothing(async () => {
      for (const shown of [attempt.id, '', '000000', attempt.id.slice(0, 31)]) {
        await expect(test.redeem(shown)).rejects.toEqual(refused('InvalidCode'));
        await expect(test.subject(shown)).rejects.toEqual(refused('InvalidCode'));
      }
    });
  });

  it('nor does another way of asking lead round it', async () => {
    const { attempt } = await test.code('ada@example.com');
    test.pass(1);
    const link = await test.request('ada@example.com');
    await setsNothing(async () => {
      for (const { id } of [attempt, link]) {
        await expect(test.redeem(id)).rejects.toEqual(refused('InvalidCode'));
      }
      await expect(test.prove(link, '123456')).rejects.toEqual(refused('InvalidCode'));
    });
  });
});

describe('2 Authentik CVE-2023-26481: a link made for one user set another user’s password', () => {
  it('a link sets the password of whom it was made for, whoever else is named beside it', async () => {
    await sendResetPasswordMessage(test.accounts.home, test.deps, { loginID: 'ada@example.com' }, API_KEY);
    const [mail] = await test.work();
    const token = mail ? tokenIn(mail) : '';
    const input = { token, userID: eve, loginID: 'eve@example.com' };
    expect(await test.redeem(input.token)).toEqual({ loginID: 'ada@example.com' });
    expect([await isPassword(ada, NEW_PASSWORD), await isPassword(eve, FORMER)]).toEqual([true, true]);
  });

  it('a code that one asked for is none where another did', async () => {
    const { code } = await test.code('ada@example.com');
    const other = await test.code('eve@example.com');
    if (code !== other.code) {
      await expect(test.prove(other.attempt, code)).rejects.toEqual(refused('InvalidCode'));
    }
    expect(await isPassword(eve, FORMER)).toBe(true);
  });
});

describe('5 Strapi CVE-2019-18818, 23 Devise CVE-2013-0233: what is no token was taken for one', () => {
  const strange: unknown[] = [
    ...[
      '',
      '*',
      '%',
      '_'.repeat(32),
      ' '.repeat(32),
      "' or '1'='1",
      '0',
      'null',
      'undefined',
      '[object Object]',
    ],
    ...[null, undefined, 0, 1, Number.NaN, true, {}, { $gt: '' }, [], ['a'.repeat(32)], new Date(0)],
    ...['a'.repeat(31), 'a'.repeat(33), 'a'.repeat(100_000), '\0'.repeat(32), 'é'.repeat(32)],
  ];

  it('as a token, with a link outstanding', async () => {
    const token = await test.link('ada@example.com');
    await setsNothing(async () => {
      for (const value of [...strange, { token }, [token], { toString: () => token }]) {
        await expect(test.redeem(value)).rejects.toEqual(refused('InvalidCode'));
        test.pass(2 / 60);
      }
    });
    await test.redeem(token);
  });

  it('as a code, or as where it is entered', async () => {
    const { attempt, code } = await test.code('ada@example.com');
    const prove = (attemptID: unknown, typed: unknown) =>
      proveRecoveryCode(
        test.accounts.home,
        test.deps,
        { attemptID: attemptID as string, code: typed as string },
        VISITOR,
      );
    for (const value of strange) {
      await expect(prove(attempt.id, value)).rejects.toEqual(refused('InvalidCode'));
      await expect(prove(value, code)).rejects.toEqual(refused('InvalidCode'));
      test.pass(3 / 60);
    }
    expect(await prove(attempt.id, code)).toHaveProperty('token');
  });
});

describe('6 Joplin CVE-2026-105785, 8 Telekom CVE-2025-69614, 21 vulnerability-lookup CVE-2026-73431: purpose', () => {
  it('what proves an address at a sign-up resets no password, and the other way round', async () => {
    const token = await signupToken();
    await setsNothing(async () => {
      await expect(test.redeem(token)).rejects.toEqual(refused('InvalidCode'));
    });
    const link = await test.link('ada@example.com');
    const given = { purpose: 'signup', token: link } as const;
    await expect(findByToken(test.accounts.home, test.deps, given, VISITOR)).rejects.toEqual(
      refused('InvalidCode'),
    );
    await expect(test.accounts.home.transaction((tx) => consumeToken(tx, test.deps, given))).rejects.toEqual(
      refused('InvalidCode'),
    );
  });

  it('a code of a sign-up is none of a recovery', async () => {
    const { attempt, code } = await test.code('ada@example.com');
    const given = { purpose: 'signup', attemptID: attempt.id, code } as const;
    await expect(proveCode(test.accounts.home, test.deps, given, VISITOR)).rejects.toEqual(
      refused('InvalidCode'),
    );
  });

  it('a token is nothing by itself: once the server forgot it, it is worth nothing', async () => {
    const token = await test.link('ada@example.com');
    expect(token.split('.')).toHaveLength(1);
    await sql`delete from codes`.execute(test.accounts.database.acrossProjects);
    await expect(test.redeem(token)).rejects.toEqual(refused('InvalidCode'));
  });
});

describe('7 Discourse CVE-2021-37693: a token to an address that was removed still worked', () => {
  it.each(['removed', 'changed'])('not after the address was %s', async (what) => {
    const token = await test.link('ada@example.com');
    const { attempt, code } = await test.code('eve@example.com');
    const { token: proved } = await test.prove(attempt, code);
    await (what === 'removed'
      ? sql`delete from identities`
      : sql`update identities set unique_key = 'mallory' || unique_key, original = 'mallory' || original`
    ).execute(test.accounts.database.acrossProjects);
    await setsNothing(async () => {
      await expect(test.redeem(token)).rejects.toEqual(refused('InvalidCode'));
      await expect(test.redeem(proved)).rejects.toEqual(refused('InvalidCode'));
    });
  });
});

describe('9 GitLab CVE-2023-7028, 10 Django CVE-2019-19844, 11 Directus CVE-2024-27295: wrong recipients', () => {
  it.each([
    'ada@example.com,eve@example.com',
    'ada@example.com;eve@example.com',
    'ada@example.com eve@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com\0eve@example.com',
    '"ada@example.com" <eve@example.com>',
    'ada@example.com@evil.example',
    '["ada@example.com","eve@example.com"]',
  ])('two addresses in one are nobody: %j', async (loginID) => {
    await test.request(loginID);
    expect(await test.work()).toEqual([]);
  });

  it.each([
    ['a dotless i', 'mıke@example.org', 'mike@example.org'],
    ['a long s', 'ſam@example.org', 'sam@example.org'],
    ['a ligature', 'ﬁona@example.org', 'fiona@example.org'],
    ['a letter of Cyrillic', 'mіke@example.org', 'mike@example.org'],
    ['an accent', 'mïke@example.org', 'mike@example.org'],
    ['an accent that is left out', 'zoe@example.org', 'zoë@example.org'],
    ['a sharp s', 'straße@example.org', 'strasse@example.org'],
  ])('%s is another address', async (_, typed, stored) => {
    await addUser(stored);
    await test.request(typed);
    expect(await test.work()).toEqual([]);
  });

  it('what counts as the same address goes to the one that is stored', async () => {
    await addUser('Bob@example.org');
    await addUser('mike@example.org');
    // The sign of Kelvin is the letter K in every normal form.
    for (const typed of ['BOB@ＥＸＡＭＰＬＥ.org', 'mi\u212Ae@example.org']) await test.request(typed);
    expect((await test.work()).map(({ recipients }) => recipients)).toEqual([
      ['Bob@example.org'],
      ['mike@example.org'],
    ]);
  });
});

it('12 LogixFast CVE-2026-113616: no field beside the login id names where the mail goes', async () => {
  const more = { email: 'eve@example.com', recipient: 'eve@example.com', to: ['eve@example.com'] };
  await test.request('ada@example.com', { ...more, destination: 'eve@example.com' });
  expect((await test.work()).map(({ recipients }) => recipients)).toEqual([['ada@example.com']]);
});

describe('17 Nextcloud CVE-2023-35172: links and codes could be tried without end', () => {
  it('an address on the network tries sixty links a minute, right or wrong, and a good one is still good', async () => {
    const token = await test.link('ada@example.com');
    const tries = await Promise.allSettled(Array.from({ length: 100 }, () => test.redeem('x'.repeat(32))));
    const limited = tries.filter((one) => one.status === 'rejected' && one.reason.reason === 'RateLimited');
    expect(limited).toHaveLength(40);
    await expect(test.redeem(token)).rejects.toMatchObject({ kind: 'TooManyRequest', reason: 'RateLimited' });
    test.pass(1);
    await test.redeem(token);
  });

  it('of a hundred guesses at one code at once, from a hundred addresses, five are looked at', async () => {
    const { attempt, code } = await test.code('ada@example.com');
    const guesses = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        proveRecoveryCode(
          test.accounts.home,
          test.deps,
          { attemptID: attempt.id, code: String((Number(code) + 1 + index) % 1_000_000).padStart(6, '0') },
          { ipAddress: `203.0.113.${index}` },
        ),
      ),
    );
    const reasons = guesses.map((one) => (one.status === 'rejected' ? one.reason.reason : 'through'));
    expect(reasons.filter((reason) => reason === 'InvalidCode')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'TooManyTries')).toHaveLength(95);
    await expect(test.prove(attempt, code)).rejects.toEqual(refused('TooManyTries'));
  });

  it('no more than five codes an hour are made for one login id, from however many addresses', async () => {
    const outcomes: string[] = [];
    for (let minute = 0; minute < 20; minute++) {
      const origin = { ipAddress: `203.0.113.${minute}` };
      const asked = requestRecovery(
        test.accounts.home,
        test.deps,
        { loginID: 'ada@example.com', kind: 'code', locale: null },
        origin,
      );
      outcomes.push(
        await asked.then(
          () => 'sent',
          (error) => error.reason,
        ),
      );
      test.pass(1);
    }
    expect(outcomes.filter((one) => one === 'sent')).toHaveLength(5);
    expect(new Set(outcomes.slice(5))).toEqual(new Set(['RateLimited']));
  });
});

it('18 openCRX CVE-2020-7378: tokens follow neither the time nor each other', async () => {
  const tokens = await Promise.all(Array.from({ length: 50 }, signupToken));
  expect(new Set(tokens.map((token) => token.slice(0, 8))).size).toBe(50);
  const starts = new Set(tokens.map((token) => token[0]));
  expect(starts.size).toBeGreaterThan(10);
});

describe('19 Mattermost CVE-2016-11074, 22 better-auth #9993, MISP CVE-2026-107276: used more than once', () => {
  it('a link works once', async () => {
    const token = await test.link('ada@example.com');
    await test.redeem(token);
    await setsNothing(async () => {
      await expect(test.redeem(token, 'another passphrase 2')).rejects.toEqual(refused('UsedCode'));
      await expect(test.subject(token)).rejects.toEqual(refused('UsedCode'));
    });
  });

  it('of a hundred who use a code at once one gets a password', async () => {
    const { attempt, code } = await test.code('ada@example.com');
    const use = async (index: number): Promise<number> => {
      const origin = { ipAddress: `203.0.113.${index}` };
      const given = { attemptID: attempt.id, code };
      const { token } = await proveRecoveryCode(test.accounts.home, test.deps, given, origin);
      await test.redeem(token, `passphrase number ${index}`);
      return index;
    };
    const all = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => use(index)));
    const through = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(through).toHaveLength(1);
    expect(await isPassword(ada, `passphrase number ${through[0]}`)).toBe(true);
  });
});

it('20 osTicket CVE-2026-18363: what ran out is refused, however right it is', async () => {
  const link = await test.link('ada@example.com');
  const { attempt, code } = await test.code('eve@example.com');
  test.pass(5);
  await expect(test.prove(attempt, code)).rejects.toEqual(refused('CodeExpired'));
  test.pass(15);
  await setsNothing(async () => {
    await expect(test.redeem(link)).rejects.toEqual(refused('CodeExpired'));
    await expect(test.subject(link)).rejects.toEqual(refused('CodeExpired'));
  });
});

describe('25 Sulu GHSA-wfm4-pq59-wg6r: existence, address and time leaked, and tokens were stored in clear', () => {
  it('a request runs the same statements and leaves the same jobs, whether there is an account or not', async () => {
    const door = await recordPostgres(test.accounts.url);
    const database = openDatabase({ url: door.url, onIdleError: () => {} });
    const home = database.forProject('home');
    const statementsOf = (loginID: string) =>
      door.during(async () => {
        const input = { loginID, kind: 'code', locale: null } as const;
        const { id } = await requestRecovery(home, test.deps, input, VISITOR);
        const wrong = { attemptID: id, code: '123456' };
        await proveRecoveryCode(home, test.deps, wrong, VISITOR).catch(() => {});
      });
    try {
      await statementsOf('warm@example.com');
      const known = await statementsOf('ada@example.com');
      const unknown = await statementsOf('nobody@example.com');
      expect(known.length).toBeGreaterThan(4);
      expect(unknown).toEqual(known);
      const jobs = (await test.jobs()).map(({ task, payload }) => [task, Object.keys(payload).sort()]);
      expect(new Set(jobs.map((job) => JSON.stringify(job))).size).toBe(1);
    } finally {
      await database.close();
      await door.stop();
    }
  });

  it('neither token, code, nor what was typed stands in the database or the log', async () => {
    await test.request('whoever@example.net');
    const link = await test.link('ada@example.com');
    const { attempt, code } = await test.code('eve@example.com');
    const { token } = await test.prove(attempt, code);
    for (const secret of [link, token, 'whoever@example.net']) {
      const found = await test.accounts.tablesWith(secret);
      expect(found.filter((table) => !table.includes('audit_log'))).toEqual([]);
      expect(test.logged()).not.toContain(secret);
    }
    const { rows } = await sql<{ row: string }>`select codes::text as row from codes`.execute(
      test.accounts.database.acrossProjects,
    );
    expect(rows.filter(({ row }) => row.includes(`,${code},`))).toEqual([]);
  });
});

describe('34 GoTrue #1489: codes outlived the change of the password', () => {
  it('its user’s own change voids links, codes and what a code has proved', async () => {
    const { attempt, code } = await test.code('ada@example.com');
    const { token } = await test.prove(attempt, code);
    const user = await userStore(test.accounts.home).find(ada);
    const change = {
      userID: ada,
      passwordVersion: user?.passwordVersion ?? 0,
      newPassword: 'a third passphrase',
    };
    const acting = { actor: { type: 'user', userID: ada }, origin: VISITOR } as const;
    await changePassword(test.accounts.home, test.deps, change, acting);
    await expect(test.redeem(token)).rejects.toEqual(refused('InvalidCode'));
    expect(await isPassword(ada, 'a third passphrase')).toBe(true);
  });

  it('and so does a recovery: what was sent beside it, also by another way, is void', async () => {
    const older = await test.link('ada@example.com');
    test.pass(1);
    const { attempt, code } = await test.code('ada@example.com');
    const { token } = await test.prove(attempt, code);
    await test.redeem(token);
    for (const void_ of [older, token]) {
      await expect(test.redeem(void_, 'another passphrase 2')).rejects.toMatchObject({ kind: 'Invalid' });
    }
    await expect(test.prove(attempt, code)).rejects.toMatchObject({ kind: 'Invalid' });
    expect(await isPassword(ada, NEW_PASSWORD)).toBe(true);
  });

  it('a sign-up for an address somebody has proves nothing about their account', async () => {
    const request = {
      purpose: 'signup',
      kind: 'code',
      address: 'ada@example.com',
      key: 'email:ada@example.com',
      lifetimeMs: 60_000,
      data: {},
    } as const;
    const attempt = await startAttempt(test.accounts.home, test.deps, request, VISITOR);
    const [mail] = await test.work();
    expect(mail && codeIn(mail)).toBeFalsy();
    await expect(test.prove(attempt, '123456')).rejects.toEqual(refused('InvalidCode'));
  });
});
