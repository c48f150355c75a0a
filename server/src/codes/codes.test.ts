import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, type TestCodes, testCodes, VISITOR } from '../../../tests/support/codes.ts';
import { insertProject } from '../../../tests/support/database.ts';
import { userStore } from '../users/index.ts';
import {
  type Attempt,
  type CodePurpose,
  consumeToken,
  findAttempt,
  findByToken,
  issueSecret,
  openLink,
  proveCode,
  resendAttempt,
  voidCodes,
} from './index.ts';

let test: TestCodes;
let userID: string;

const find = (token: unknown, purpose: CodePurpose = 'recovery') =>
  findByToken(test.db, test.deps, { purpose, token: token as string }, VISITOR);
const consume = (token: unknown, purpose: CodePurpose = 'recovery') =>
  test.db.transaction((tx) => consumeToken(tx, test.deps, { purpose, token: token as string }));
const refused = (reason: string) => expect.objectContaining({ reason });
const sendLink = () => test.send({ kind: 'link', lifetimeMs: 20 * MINUTE_MS });
const pass = (minutes: number) => test.accounts.clock.advance(minutes * MINUTE_MS);

/** Codes that are not the right one. */
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function tally(work: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(work)) {
    const name = result.status === 'fulfilled' ? 'through' : result.reason.reason;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

beforeAll(async () => {
  test = await testCodes();
  await insertProject(test.accounts.database, 'other');
});

afterAll(() => test.stop());

beforeEach(async () => {
  // Each test has the hour for itself, and an Ada of its own.
  pass(24 * 60);
  const { acrossProjects } = test.accounts.database;
  await sql`truncate users, codes cascade`.execute(acrossProjects);
  await sql`delete from graphile_worker._private_jobs`.execute(acrossProjects);
  userID = await test.accounts.user({ loginIDs: [{ type: 'email', value: 'ada@example.com' }] });
  test.people.clear();
  test.people.set('ada@example.com', userID);
});

describe('an attempt', () => {
  it('is one row and one job, which tell neither the address nor the login id', async () => {
    const attempt = await test.start({ address: 'Zoe@Example.com', key: 'email:zoe@example.com' });
    expect(attempt).toMatchObject({ purpose: 'recovery', kind: 'code', triesLeft: 5, data: {} });
    expect(await test.jobs()).toEqual([{ projectID: 'home', attemptID: attempt.id }]);
    expect(await test.accounts.tablesWith('oe@')).toEqual([]);
    expect(await findAttempt(test.db, attempt)).toEqual(attempt);
  });

  it('looks the same after the worker, whether somebody was found or not', async () => {
    const known = await test.start();
    const unknown = await test.start({ address: 'nobody@example.com', key: 'email:nobody@example.com' });
    pass(1);
    await test.work();
    expect([...test.sent.keys()].includes(unknown.id)).toBe(false);
    const shown = await Promise.all([known, unknown].map((attempt) => findAttempt(test.db, attempt)));
    const [first, second] = shown.map((attempt) => ({ ...attempt, id: '' }));
    expect(first).toEqual(second);
    const left = await sql`select from codes where address_sealed is not null or is_pending`.execute(
      test.accounts.database.acrossProjects,
    );
    expect(left.rows).toHaveLength(0);
  });

  it('is sent once, also where its job runs twice', async () => {
    const attempt = await test.start();
    const [job] = await test.jobs();
    await test.work();
    await sql`select from graphile_worker.add_job('send_code', ${JSON.stringify(job)}::json)`.execute(
      test.accounts.database.kysely,
    );
    await test.work();
    expect(test.sent.get(attempt.id)).toHaveLength(1);
  });

  it('is not sent once it has run out, and what was typed is forgotten within the hour', async () => {
    const attempt = await test.start();
    pass(5);
    await test.work();
    expect(test.sent.has(attempt.id)).toBe(false);
    await test.sweep();
    const { rows } = await sql<{ address_sealed: string | null }>`select address_sealed from codes`.execute(
      test.accounts.database.acrossProjects,
    );
    expect(rows).toEqual([{ address_sealed: null }]);
  });

  it('is forgotten a day after it ran out', async () => {
    const attempt = await test.start();
    pass(24 * 60);
    await test.sweep();
    expect(await findAttempt(test.db, attempt)).toBeDefined();
    pass(10);
    await test.sweep();
    expect(await findAttempt(test.db, attempt)).toBeUndefined();
  });

  it('is nobody else’s: another purpose or project sees nothing of it', async () => {
    const { attempt, secret } = await test.send();
    const link = await sendLinkOf('eve@example.com');
    const other = test.accounts.database.forProject('other');
    const there = { purpose: 'recovery', id: attempt.id } as const;
    expect(await findAttempt(other, there)).toBeUndefined();
    expect(await findAttempt(test.db, { ...there, purpose: 'signup' })).toBeUndefined();
    await expect(resendAttempt(other, test.deps, there, VISITOR)).rejects.toEqual(refused('InvalidCode'));
    const code = { purpose: 'recovery', attemptID: attempt.id, code: secret } as const;
    await expect(proveCode(other, test.deps, code, VISITOR)).rejects.toEqual(refused('InvalidCode'));
    await expect(test.prove(attempt, secret, 'signup')).rejects.toEqual(refused('InvalidCode'));
    const token = { purpose: 'recovery', token: link } as const;
    await expect(findByToken(other, test.deps, token, VISITOR)).rejects.toEqual(refused('InvalidCode'));
    await expect(other.transaction((tx) => consumeToken(tx, test.deps, token))).rejects.toEqual(
      refused('InvalidCode'),
    );
    await expect(find(link, 'signup')).rejects.toEqual(refused('InvalidCode'));
    await expect(consume(link, 'signup')).rejects.toEqual(refused('InvalidCode'));
    expect(await consume(link)).toMatchObject({ purpose: 'recovery' });
  });
});

async function sendLinkOf(address: string): Promise<string> {
  test.people.set(address, await test.accounts.user({ loginIDs: [{ type: 'email', value: address }] }));
  return (await test.send({ kind: 'link', address, key: `email:${address}` })).secret;
}

describe('limits', () => {
  it.each(['ada@example.com', 'nobody@example.com'])('count for %s as for anybody', async (address) => {
    const again = () => test.start({ address, key: `email:${address}` });
    await again();
    await expect(again()).rejects.toMatchObject({
      kind: 'TooManyRequest',
      reason: 'CodeCooldown',
      info: { retry_after_seconds: 60 },
    });
    for (let i = 0; i < 4; i++) {
      pass(1);
      await again();
    }
    pass(1);
    await expect(again()).rejects.toMatchObject({ kind: 'TooManyRequest', reason: 'RateLimited' });
    pass(56);
    await again();
  });

  it('count a repeated message as one that is asked for, of the same login id', async () => {
    const { attempt } = await test.send();
    await expect(test.resend(attempt)).rejects.toEqual(refused('CodeCooldown'));
    pass(1);
    const again = await test.resend(attempt);
    expect(again.resendAt.getTime() - again.createdAt.getTime()).toBe(2 * MINUTE_MS);
    await expect(test.start()).rejects.toEqual(refused('CodeCooldown'));
  });

  it('let an address on the network try sixty codes or links a minute', async () => {
    const work = Array.from({ length: 70 }, () => find('x'.repeat(32)));
    expect(await tally(work)).toEqual({ InvalidCode: 60, RateLimited: 10 });
    pass(1);
    await expect(find('x'.repeat(32))).rejects.toEqual(refused('InvalidCode'));
  });
});

describe('a code', () => {
  it('is proved once, with whatever stands between its digits, and then redeems like a link', async () => {
    const { attempt, secret } = await test.send();
    const { token } = await test.prove(attempt, ` ${secret.slice(0, 3)} - ${secret.slice(3)} `);
    await expect(test.prove(attempt, secret)).rejects.toEqual(refused('UsedCode'));
    expect(await find(token)).toMatchObject({ attemptID: attempt.id, kind: 'code', userID });
    expect(await consume(token)).toMatchObject({ attemptID: attempt.id, userID });
    await expect(consume(token)).rejects.toEqual(refused('UsedCode'));
    await expect(find(token)).rejects.toEqual(refused('UsedCode'));
    pass(1);
    await expect(test.resend(attempt)).rejects.toEqual(refused('UsedCode'));
  });

  it('survives five wrong tries, which no malformed one counts among', async () => {
    const { attempt, secret } = await test.send();
    for (const typed of ['', '12345', 'abcdef', null, 123456, { code: secret }, [secret]]) {
      await expect(test.prove(attempt, typed)).rejects.toEqual(refused('InvalidCode'));
    }
    for (let left = 4; left >= 0; left--) {
      await expect(test.prove(attempt, wrong(secret))).rejects.toEqual(refused('InvalidCode'));
      expect(await findAttempt(test.db, attempt)).toMatchObject({ triesLeft: left });
    }
    await expect(test.prove(attempt, secret)).rejects.toMatchObject({
      kind: 'TooManyRequest',
      reason: 'TooManyTries',
    });
    pass(1);
    await test.resend(attempt);
    await test.work();
    const again = test.sent.get(attempt.id)?.at(-1);
    expect(await test.prove(attempt, again)).toHaveProperty('token');
  });

  it('of an unknown account answers as a wrong one does', async () => {
    const attempt = await test.start({ address: 'nobody@example.com', key: 'email:nobody@example.com' });
    await test.work();
    for (let i = 0; i < 5; i++) {
      await expect(test.prove(attempt, '123456')).rejects.toEqual(refused('InvalidCode'));
    }
    await expect(test.prove(attempt, '123456')).rejects.toEqual(refused('TooManyTries'));
  });

  it('lets five of a hundred guesses through that come at once', async () => {
    const { attempt, secret } = await test.send();
    const guesses = Array.from({ length: 60 }, () => test.prove(attempt, wrong(secret)));
    expect(await tally(guesses)).toEqual({ InvalidCode: 5, TooManyTries: 55 });
    pass(1);
    const rest = Array.from({ length: 40 }, () => test.prove(attempt, secret));
    expect(await tally(rest)).toEqual({ TooManyTries: 40 });
  });

  it('proves one of those who have it at once', async () => {
    const { attempt, secret } = await test.send();
    const { through, ...others } = await tally(Array.from({ length: 60 }, () => test.prove(attempt, secret)));
    expect(through).toBe(1);
    expect(others).toEqual({ UsedCode: 4, TooManyTries: 55 });
  });

  it('runs out, and what it has proved runs out twenty minutes later', async () => {
    const { attempt, secret } = await test.send();
    pass(5);
    await expect(test.prove(attempt, secret)).rejects.toEqual(refused('CodeExpired'));
    await test.resend(attempt);
    await test.work();
    pass(4);
    const { token } = await test.prove(attempt, test.sent.get(attempt.id)?.at(-1));
    pass(19);
    expect(await find(token)).toMatchObject({ userID });
    pass(1);
    await expect(find(token)).rejects.toEqual(refused('CodeExpired'));
    await expect(consume(token)).rejects.toEqual(refused('CodeExpired'));
  });

  it('is void as soon as another is asked for', async () => {
    const { attempt, secret } = await test.send();
    pass(1);
    await test.resend(attempt);
    await expect(test.prove(attempt, secret)).rejects.toEqual(refused('InvalidCode'));
  });
});

describe('a link', () => {
  it('is opened any number of times and used once', async () => {
    const { attempt, secret } = await sendLink();
    for (let i = 0; i < 3; i++) expect(await find(secret)).toMatchObject({ attemptID: attempt.id, userID });
    await consume(secret);
    await expect(find(secret)).rejects.toEqual(refused('UsedCode'));
  });

  it('lets one of a hundred through that use it at once', async () => {
    const { secret } = await sendLink();
    const work = Array.from({ length: 100 }, () => consume(secret));
    expect(await tally(work)).toEqual({ through: 1, UsedCode: 99 });
  });

  it('is as good as before where what it was used for failed', async () => {
    const { secret } = await sendLink();
    const failing = test.db.transaction(async (tx) => {
      await consumeToken(tx, test.deps, { purpose: 'recovery', token: secret });
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    expect(await consume(secret)).toMatchObject({ userID });
  });

  it('is refused cut short, too long, and as anything but a text', async () => {
    const { secret } = await sendLink();
    const strange = [secret.slice(0, 31), `${secret}x`, '', null, 7, { token: secret }, [secret], undefined];
    for (const token of strange) {
      await expect(find(token)).rejects.toEqual(refused('InvalidCode'));
      await expect(consume(token)).rejects.toEqual(refused('InvalidCode'));
    }
  });

  it('runs out', async () => {
    const { secret } = await sendLink();
    pass(20);
    await expect(find(secret)).rejects.toEqual(refused('CodeExpired'));
    await expect(consume(secret)).rejects.toEqual(refused('CodeExpired'));
  });

  it('is no code, and a code is no link', async () => {
    const { attempt, secret } = await sendLink();
    await expect(test.prove(attempt, '123456')).rejects.toEqual(refused('InvalidCode'));
    expect(await find(secret)).toMatchObject({ userID });
  });

  it('can be made without a worker for an account that is known', async () => {
    const token = await test.db.transaction(async (tx) => {
      const to = await test.boundTo(tx, userID);
      const input = { key: 'email:ada@example.com', lifetimeMs: MINUTE_MS, data: {} };
      const id = await openLink(tx, test.deps, { ...input, purpose: 'recovery' }, VISITOR);
      return issueSecret(tx, test.deps, id, to);
    });
    expect(await test.jobs()).toEqual([]);
    expect(await consume(token)).toMatchObject({ userID });
  });
});

describe('what was sent is void', () => {
  const users = () =>
    test.db.kysely.updateTable('users').where('project_id', '=', 'home').where('id', '=', userID);
  const identities = () =>
    test.db.kysely.updateTable('identities').where('project_id', '=', 'home').where('user_id', '=', userID);

  const changes: Record<string, () => Promise<unknown>> = {
    'after a new password': () => userStore(test.db).raisePasswordVersion(userID),
    'after all sessions were ended': () => userStore(test.db).raiseSessionEpoch(userID),
    'after its address was changed': () => identities().set({ unique_key: 'eve@example.com' }).execute(),
    'after its address was removed': () =>
      test.db.kysely
        .deleteFrom('identities')
        .where('project_id', '=', 'home')
        .where('user_id', '=', userID)
        .execute(),
    'after the account was disabled': () => users().set({ is_disabled: true }).execute(),
    'after the account was anonymized': () => users().set({ is_anonymized: true }).execute(),
    'after the account was set to be deleted': () =>
      users().set({ delete_at: test.accounts.clock.now() }).execute(),
    'after the user was deleted': () =>
      test.db.kysely.deleteFrom('users').where('project_id', '=', 'home').where('id', '=', userID).execute(),
    'after it was voided': () => test.db.transaction((tx) => voidCodes(tx, test.deps, userID)),
  };

  it.each(Object.entries(changes))('%s, link and code', async (_, change) => {
    const { secret: link } = await sendLink();
    pass(1);
    // One purpose voids nothing of another.
    const { attempt, secret: code } = await test.send({ purpose: 'signup' });
    expect(await find(link)).toMatchObject({ userID });
    await change();
    await expect(find(link)).rejects.toEqual(refused('InvalidCode'));
    await expect(consume(link)).rejects.toEqual(refused('InvalidCode'));
    await expect(test.prove(attempt, code, 'signup')).rejects.toEqual(refused('InvalidCode'));
  });

  it.each(Object.entries(changes))('%s, and what a code has proved', async (_, change) => {
    const { attempt, secret } = await test.send();
    const { token } = await test.prove(attempt, secret);
    await change();
    await expect(find(token)).rejects.toEqual(refused('InvalidCode'));
    await expect(consume(token)).rejects.toEqual(refused('InvalidCode'));
  });

  it('once a newer one of the same user and purpose was made, by whichever login id', async () => {
    const { secret: older } = await sendLink();
    pass(1);
    test.people.set('ada', userID);
    const { attempt, secret } = await test.send({ address: 'ada', key: 'username:ada' });
    await expect(find(older)).rejects.toEqual(refused('InvalidCode'));
    expect(await test.prove(attempt, secret)).toHaveProperty('token');
  });

  it('but not what is somebody else’s', async () => {
    const { secret } = await sendLink();
    const theirs = await sendLinkOf('eve@example.com');
    await userStore(test.db).raisePasswordVersion(userID);
    await test.db.transaction((tx) => voidCodes(tx, test.deps, userID));
    await expect(find(secret)).rejects.toEqual(refused('InvalidCode'));
    expect(await find(theirs)).toHaveProperty('userID');
  });
});

it('an attempt can be sent again when the typed address is forgotten, to whom it was sent before', async () => {
  const { attempt } = await test.send();
  pass(1);
  const again: Attempt = await test.resend(attempt);
  await test.work();
  expect(test.sent.get(attempt.id)).toHaveLength(2);
  expect(await test.prove(again, test.sent.get(attempt.id)?.[1])).toHaveProperty('token');
});
