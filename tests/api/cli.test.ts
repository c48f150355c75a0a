import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, startServer, type TestServer } from '../support/server.ts';

const PASSWORD = 'plover hinge 41';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.remove());

/** Asks the running server's Admin API with a key that the command line made. */
async function ask<T>(key: Record<string, string>, query: string, variables: unknown): Promise<T> {
  const { projectID = '', keyID = '', privateKey = '' } = key;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256', kid: keyID })
    .setAudience(projectID)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importPKCS8(privateKey, 'RS256'));
  const response = await fetch(`${server.origin}/_api/admin/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as object) } as T;
}

const USER = 'query ($id: ID!) { node(id: $id) { ... on User { endUserAccountID } } }';

interface UserAnswer {
  status: number;
  data: { node: { endUserAccountID: string } | null };
}

describe('beside a running server', () => {
  test('what a command prints is what the server takes, at its next request', async () => {
    const { userID } = await server.json([
      'users',
      'create',
      '--email',
      'ada@example.com',
      '--password',
      PASSWORD,
    ]);
    const key = await server.json<Record<string, string>>(['admin-keys', 'create']);
    const { data } = await ask<UserAnswer>(key, USER, { id: userID });
    expect(data.node).toEqual({ endUserAccountID: 'ada@example.com' });
    await server.json(['admin-keys', 'revoke', key.keyID ?? '']);
    expect((await ask<UserAnswer>(key, USER, { id: userID })).status).toBe(401);
  });

  test('a reset: piped, in words and as one object, without the password anywhere', async () => {
    const secret = 'quite another passphrase 7';
    const reset = ['users', 'reset-password', 'ADA@example.com', '--password-stdin', '--expire'];
    const words = await server.latchkey(reset, `${secret}\n`);
    expect([words.status, words.stderr]).toEqual([0, '']);
    expect(words.stdout).toMatch(/^The password of "ADA@example\.com" is changed/);
    const json = await server.latchkey([...reset, '--json'], `${secret} again\n`);
    expect(Object.keys(JSON.parse(json.stdout))).toEqual(['userID']);
    expect(words.stdout + json.stdout + server.output()).not.toContain(secret);
    expect(
      (await server.json<{ password: unknown }>(['users', 'show', 'ada@example.com'])).password,
    ).toMatchObject({
      mustChange: true,
    });
  });

  test('a generated one is mailed by the server', async () => {
    const reset = ['users', 'reset-password', 'ada@example.com', '--generate', '--send'];
    const { password } = await server.json<{ password: string }>(reset);
    expect(password.length).toBeGreaterThanOrEqual(8);
    await expect
      .poll(
        async () =>
          (await server.json<{ messages: unknown[] }>(['users', 'show', 'ada@example.com'])).messages[0],
        {
          timeout: 30_000,
        },
      )
      .toMatchObject({ type: 'password_reset_by_admin', state: 'sent', recipient: 'ada@example.com' });
    expect(server.output()).not.toContain(password);
  });

  test('an operator ends the first run', async () => {
    const link = await server.firstRunLink();
    expect((await fetch(link, { redirect: 'manual' })).status).toBeLessThan(400);
    const made = await server.json(
      ['operators', 'create', '--email', 'olga@example.com', '--password-stdin'],
      PASSWORD,
    );
    expect(Object.keys(made)).toEqual(['userID']);
    expect((await fetch(link)).ok).toBe(false);
  });

  test('a second start on the same data is refused, in one sentence', async () => {
    const { status, stdout, stderr } = await server.latchkey(['start']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^latchkey: A server already runs .+\n$/);
  });

  test('doctor finds everything in order', async () => {
    const findings = await server.json(['doctor']);
    expect(findings).toMatchObject({
      ok: true,
      settings: { ok: true },
      database: { ok: true },
      smtp: { ok: true },
    });
    expect((await server.latchkey(['doctor'])).stdout).toMatch(
      /^ok {3}settings[^\n]+\nok {3}database[^\n]+embedded/,
    );
  });
});

describe('refusals', () => {
  const both = async (args: string[]): Promise<[CommandResult, CommandResult]> =>
    Promise.all([server.latchkey(args), server.latchkey([...args, '--json'])]);

  test.each([
    ['nobody', ['users', 'reset-password', 'nobody@example.com'], 'UserNotFound'],
    [
      'a weak password',
      ['users', 'reset-password', 'ada@example.com', '--password', 'x'],
      'PasswordPolicyViolated',
    ],
    ['an unknown project', ['users', 'list', '--project', 'nonsense'], 'ProjectNotFound'],
    ['an unknown setting', ['settings', 'set', 'passwords.length', '9'], 'UnknownSetting'],
  ])('%s: 1, the answer stays empty', async (_, args, reason) => {
    const [words, json] = await both(args);
    expect([words.status, words.stdout, json.status, json.stdout]).toEqual([1, '', 1, '']);
    expect(words.stderr).toMatch(/^latchkey: /);
    expect(words.stderr).not.toMatch(/\bat .+:\d+:\d+/);
    expect(JSON.parse(json.stderr).error.reason).toBe(reason);
  });

  test.each([
    ['an unknown command', ['frob']],
    ['an unknown verb', ['users', 'frob']],
    ['a missing argument', ['users', 'reset-password']],
    ['two passwords', ['users', 'reset-password', 'a', '--generate', '--password', 'x']],
  ])('%s: 2', async (_, args) => {
    const [words, json] = await both(args);
    expect([words.status, words.stdout, json.status, json.stdout]).toEqual([2, '', 2, '']);
    expect(JSON.parse(json.stderr).error.reason).toBe('WrongUsage');
  });
});

test('without a running server a command brings the database up, and takes it down again', async () => {
  await server.stop();
  try {
    const { users } = await server.json<{ users: { name: string }[] }>(['users', 'list']);
    expect(users.map(({ name }) => name)).toEqual(['olga@example.com', 'ada@example.com']);
    const [one, other] = await Promise.all([
      server.json<{ userID: string }>(['users', 'create', '--username', 'ina']),
      server.json<{ userID: string }>(['users', 'create', '--username', 'udo']),
    ]);
    expect(one.userID).not.toBe(other.userID);
    expect(await server.json(['doctor'])).toMatchObject({ ok: true });
  } finally {
    await server.start();
  }
  expect((await server.json<{ users: unknown[] }>(['users', 'list'])).users).toHaveLength(4);
});
