import { describe, expect, test } from 'vitest';
import { runCommand } from '../../../tests/support/cli.ts';

describe('wrong usage exits with 2 and says what is wrong, before anything is opened', () => {
  test.each([
    ['an unknown noun', ['frob'], /unknown command 'frob'/],
    ['an unknown verb', ['users', 'frob'], /unknown command 'frob'/],
    ['an unknown option', ['projects', 'list', '--all'], /unknown option '--all'/],
    ['too many arguments', ['start', 'now'], /too many arguments/],
    ['a missing argument', ['users', 'show'], /missing required argument 'user'/],
    ['a missing option', ['projects', 'create'], /'--name <name>' not specified/],
    ['an option without its value', ['operators', 'create', '--email'], /argument missing/],
    [
      'a role that is none',
      ['operators', 'create', '--email', 'a@b.c', '--role', 'king'],
      /viewer, editor, owner/,
    ],
    ['a type that is none', ['clients', 'create', '--name', 'x', '--type', 'y'], /spa, web, native, m2m/],
    ['a limit that is none', ['users', 'list', '--limit', '0'], /1 to 1000/],
    ['no login ID', ['users', 'create', '--generate'], /--email, --phone, --username/],
    [
      'two passwords',
      ['users', 'reset-password', 'a', '--password', 'x', '--generate'],
      /cannot be used with/,
    ],
    ['an empty password', ['users', 'reset-password', 'a', '--password', ''], /the password is empty/],
    [
      'no password on standard input',
      ['users', 'reset-password', 'a', '--password-stdin'],
      /holds no password/,
    ],
    ['a value for settings get', ['settings', 'get', 'a', 'b'], /too many arguments/],
  ])('%s', async (_, args, words) => {
    const { status, stdout, stderr } = await runCommand(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^latchkey: /);
    expect(stderr).toMatch(words);
    expect(stderr).toContain('--help');
  });

  test('with --json as one object on standard error', async () => {
    const { status, stdout, stderr } = await runCommand(['users', 'list', '--limit', 'x', '--json']);
    expect([status, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr)).toEqual({
      error: { kind: 'Invalid', reason: 'WrongUsage', message: expect.stringContaining('1 to 1000') },
    });
  });

  test.each([[[]], [['users']]])('where the verb is missing, with the help: %j', async (args) => {
    const { status, stdout, stderr } = await runCommand(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: latchkey');
    expect(JSON.parse((await runCommand([...args, '--json'])).stderr).error.reason).toBe('WrongUsage');
  });
});

describe('help and version', () => {
  test.each([[['--help']], [['users', '--help']], [['users', 'reset-password', '--help']]])(
    '%j',
    async (args) => {
      const { status, stdout, stderr } = await runCommand(args);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Usage: latchkey');
    },
  );

  test('--version prints it alone', async () => {
    expect((await runCommand(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('refused before the database', () => {
  test('a wrong setting is named with its fix, in words and as JSON', async () => {
    const env = { PORT: 'x', DATABASE_URL: 'mysql://db' };
    const words = await runCommand(['projects', 'list'], { env });
    expect(words.status).toBe(1);
    expect(words.stderr).toMatch(/PORT is "x"[\s\S]*DATABASE_URL is no PostgreSQL address/);
    const json = await runCommand(['projects', 'list', '--json'], { env });
    expect([json.status, json.stdout]).toEqual([1, '']);
    expect(JSON.parse(json.stderr).error).toMatchObject({ kind: 'Invalid', reason: 'InvalidConfiguration' });
  });

  test.each([
    ['a file', import.meta.filename],
    ['below a file', `${import.meta.filename}/data`],
  ])('a data folder that is %s, with its name and the setting', async (_, folder) => {
    const { status, stdout, stderr } = await runCommand(['projects', 'list', '--json'], {
      env: { LATCHKEY_DATA_DIR: folder },
    });
    expect([status, stdout]).toEqual([1, '']);
    const { reason, message } = JSON.parse(stderr).error;
    expect(reason).toBe('InvalidConfiguration');
    expect(message).toContain(folder);
    expect(message).toContain('set LATCHKEY_DATA_DIR to');
  });

  test('--demo in production', async () => {
    const env = { PUBLIC_ORIGIN: 'https://id.example' };
    const { status, stderr } = await runCommand(['start', '--demo'], { env });
    expect(status).toBe(1);
    expect(stderr).toContain('--demo');
  });

  test('a database that does not answer, without its password', async () => {
    const env = {
      DATABASE_URL: 'postgres://u:hunter2hunter2@127.0.0.1:1/db',
      LATCHKEY_SECRET: 'a secret that only this test of commands knows',
    };
    const { status, stdout, stderr } = await runCommand(['projects', 'list', '--json'], { env });
    expect([status, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr).error.reason).toBe('DatabaseUnusable');
    expect(stderr).not.toContain('hunter2');
  });
});

test.each([[['schema']], [['schema', '--json']]])('%j prints the SDL and opens no database', async (args) => {
  const { status, stdout, stderr } = await runCommand(args, { env: { DATABASE_URL: 'nonsense' } });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^type Query \{$/m);
  expect(stdout).toMatch(/resetPassword\(/);
});
