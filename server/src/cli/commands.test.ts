import { importPKCS8 } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, runCommand } from '../../../tests/support/cli.ts';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { createHasher } from '../passwords/index.ts';
import { parseGlobalID } from '../platform/ids.ts';

const PASSWORD = 'plover hinge 41';

let test_: TestDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  test_ = await testDatabase();
  env = { DATABASE_URL: test_.url, LATCHKEY_SECRET: 'a secret that only the tests of commands know' };
});
afterAll(() => test_.stop());

const run = (args: string[], input?: string): Promise<CommandResult> => runCommand(args, { env, input });

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
async function json(args: string[], input?: string): Promise<any> {
  const { status, stdout, stderr } = await run([...args, '--json'], input);
  expect([status, stderr], args.join(' ')).toEqual([0, '']);
  expect(stdout.trimEnd()).not.toContain('\n');
  return JSON.parse(stdout);
}

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
async function refusal(args: string[], input?: string): Promise<any> {
  const { status, stdout, stderr } = await run([...args, '--json'], input);
  expect([status, stdout], args.join(' ')).toEqual([1, '']);
  return JSON.parse(stderr).error;
}

async function text(args: string[], input?: string): Promise<string> {
  const { status, stdout, stderr } = await run(args, input);
  expect([status, stderr], args.join(' ')).toEqual([0, '']);
  return stdout;
}

const audited = async (activityType: string) =>
  test_.database.acrossProjects
    .selectFrom('audit_log')
    .select(['actor', 'project_id'])
    .where('activity_type', '=', activityType)
    .execute();

describe('projects', () => {
  test('create and list', async () => {
    const made = await json(['projects', 'create', '--name', 'Web Shop', '--origin', 'https://shop.example']);
    expect(Object.keys(made)).toEqual(['projectID']);
    expect(made.projectID).toMatch(/^web-shop-/);
    const { projects } = await json(['projects', 'list']);
    expect(projects).toContainEqual({ ...made, name: 'Web Shop', origin: 'https://shop.example' });
    expect(await text(['projects', 'list'])).toMatch(/^PROJECT ID +NAME +ORIGIN\nhome +Latchkey +http/);
    expect(await text(['projects', 'create', '--name', 'Forum'])).toMatch(/Project ID +forum-/);
    expect(await audited('PROJECT_CREATED')).toContainEqual({
      actor: { type: 'command_line' },
      project_id: made.projectID,
    });
  });

  test('a name or an origin that cannot be is refused', async () => {
    expect((await refusal(['projects', 'create', '--name', ' '])).reason).toBe('InvalidProject');
    const origin = ['projects', 'create', '--name', 'x', '--origin', 'http://shop.example'];
    expect((await refusal(origin)).reason).toBe('InvalidProject');
  });
});

describe('admin-keys', () => {
  test('create prints the private part once, and revoke ends it', async () => {
    const made = await json(['admin-keys', 'create']);
    expect(Object.keys(made)).toEqual(['projectID', 'keyID', 'privateKey']);
    expect(made.projectID).toBe('home');
    await importPKCS8(made.privateKey, 'RS256');
    expect(await json(['admin-keys', 'revoke', made.keyID])).toEqual({
      projectID: 'home',
      keyID: made.keyID,
    });
    expect((await refusal(['admin-keys', 'revoke', made.keyID])).reason).toBe('AdminKeyNotFound');
    expect(await text(['admin-keys', 'create'])).toMatch(
      /Key ID +\S+\n\n-----BEGIN PRIVATE KEY-----\n[\s\S]+-----\n$/,
    );
  });

  test('of a project that is not there', async () => {
    const error = await refusal(['admin-keys', 'create', '--project', 'nonsense']);
    expect(error).toMatchObject({ kind: 'NotFound', reason: 'ProjectNotFound' });
  });
});

describe('settings', () => {
  test('get prints all or one, set changes one', async () => {
    expect(await json(['settings', 'get', 'passwords.min_length'])).toEqual({ 'passwords.min_length': 8 });
    expect(await json(['settings', 'set', 'passwords.min_length', '10'])).toEqual({
      'passwords.min_length': 10,
    });
    expect(await json(['settings', 'get'])).toMatchObject({
      'passwords.min_length': 10,
      'passwords.excluded_keywords': [],
      'messages.smtp_url': null,
    });
    expect(await text(['settings', 'get', 'passwords.min_length'])).toBe('10\n');
    expect(await text(['settings', 'get'])).toMatch(/^passwords\.min_length +10$/m);
    expect(await text(['settings', 'set', 'passwords.min_length', '8'])).toBe(
      'passwords.min_length is 8 now.\n',
    );
    expect((await audited('SETTING_CHANGED')).length).toBe(2);
  });

  test('lists and secrets', async () => {
    const key = 'passwords.excluded_keywords';
    expect(await json(['settings', 'set', key, 'acme, rocket'])).toEqual({ [key]: ['acme', 'rocket'] });
    const url = 'smtp://user:hunter2hunter2@mail.example:587';
    const printed = await run(['settings', 'set', 'messages.smtp_url', '-'], `${url}\n`);
    expect([printed.status, printed.stdout]).toEqual([
      0,
      'messages.smtp_url is smtp://***@mail.example:587 now.\n',
    ]);
    expect(await text(['settings', 'get'])).not.toContain('hunter2');
    await json(['settings', 'set', 'messages.smtp_url', 'null']);
    await json(['settings', 'set', key, '[]']);
  });

  test('an unknown one, with what was meant, and a wrong value', async () => {
    const error = await refusal(['settings', 'get', 'passwords.minlength']);
    expect([error.reason, error.info.near]).toEqual(['UnknownSetting', ['passwords.min_length']]);
    for (const value of ['0', '129', '1.5', 'x', '']) {
      expect((await refusal(['settings', 'set', 'passwords.min_length', value])).reason).toBe(
        'InvalidSetting',
      );
    }
    expect(await json(['settings', 'get', 'passwords.min_length'])).toEqual({ 'passwords.min_length': 8 });
  });
});

describe('clients', () => {
  test('create, of each type', async () => {
    const web = ['clients', 'create', '--name', 'App', '--redirect-uri', 'https://app.example/callback'];
    expect(Object.keys(await json([...web, '--type', 'web']))).toEqual(['clientID', 'clientSecret']);
    expect(Object.keys(await json([...web, '--type', 'spa']))).toEqual(['clientID']);
    expect(await text([...web, 'https://app.example/other', '--type', 'web'])).toMatch(
      /Client secret +\S{43}/,
    );
    expect(Object.keys(await json(['clients', 'create', '--name', 'Job', '--type', 'm2m']))).toContain(
      'clientSecret',
    );
  });

  test('create with every address, and list', async () => {
    const addresses = {
      clientURI: 'https://wiki.example',
      initiateLoginURI: 'https://wiki.example/login',
      backchannelLogoutURI: 'https://wiki.example/ended',
    };
    const args = ['--name', 'Wiki', '--type', 'web', '--redirect-uri', 'https://wiki.example/callback'];
    const made = await json([
      ...['clients', 'create', ...args, '--post-logout-redirect-uri', 'https://wiki.example/'],
      ...['--client-uri', addresses.clientURI, '--initiate-login-uri', addresses.initiateLoginURI],
      ...['--backchannel-logout-uri', addresses.backchannelLogoutURI],
    ]);
    const { clients } = await json(['clients', 'list']);
    expect(clients.at(-1)).toMatchObject({
      clientID: made.clientID,
      name: 'Wiki',
      type: 'web',
      ...addresses,
    });
    expect(JSON.stringify(clients)).not.toContain(made.clientSecret);
    expect(await text(['clients', 'list'])).toMatch(/^CLIENT ID +TYPE +NAME\n[0-9a-f]{16} +web +App\n/);
    const wrong = ['clients', 'create', ...args, '--backchannel-logout-uri', 'http://wiki.example'];
    expect(await refusal(wrong)).toMatchObject({
      reason: 'InvalidClientURI',
      info: { field: 'backchannelLogoutURI' },
    });
  });

  test('without an address to return to, or with one that cannot be', async () => {
    const app = ['clients', 'create', '--name', 'App', '--type', 'spa'];
    expect((await refusal(app)).reason).toBe('InvalidRedirectURI');
    expect((await refusal([...app, '--redirect-uri', 'javascript:alert(1)'])).reason).toBe(
      'InvalidRedirectURI',
    );
  });
});

describe('operators', () => {
  test('a new one, and the same on another project', async () => {
    const { projectID } = await json(['projects', 'create', '--name', 'Wiki']);
    const create = ['operators', 'create', '--email', 'ada@example.com'];
    const made = await json([...create, '--password-stdin'], `${PASSWORD}\n`);
    expect(Object.keys(made)).toEqual(['userID']);
    expect(parseGlobalID('User', made.userID)).toBeDefined();
    expect(await json([...create, '--project', projectID, '--role', 'viewer'])).toEqual(made);
    const { rows } = await collaborators(made.userID);
    expect(rows).toEqual([
      { project_id: 'home', role: 'owner' },
      { project_id: projectID, role: 'viewer' },
    ]);
    expect((await refusal([...create, '--password', PASSWORD])).reason).toBe('OperatorExists');
  });

  test('the last owner of a project is not lowered', async () => {
    const { projectID } = await json(['projects', 'create', '--name', 'Lonely']);
    const create = ['operators', 'create', '--email', 'lonely@example.com', '--project', projectID];
    await json([...create, '--password-stdin'], `${PASSWORD}\n`);
    expect((await refusal([...create, '--role', 'viewer'])).reason).toBe('LastOwner');
  });

  test('one who was a user before is told from a new one: whoever made that user may know the password', async () => {
    await json(['users', 'create', '--email', 'carol@example.com', '--password', PASSWORD]);
    const { stdout } = await run(['operators', 'create', '--email', 'carol@example.com']);
    expect(stdout).toMatch(/^Password +kept: .+ reset it where others may know it$/m);
    const { stdout: ofNew } = await run(['operators', 'create', '--email', 'dora@example.com']);
    expect(ofNew).not.toContain('kept');
  });

  test('a weak password is refused with each broken rule, and nobody is made', async () => {
    const { status, stdout, stderr } = await run([
      'operators',
      'create',
      '--email',
      'bob@example.com',
      '--password',
      'a',
    ]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^latchkey: .+\n {2}- at least 8 characters \(it has 1\)\n$/);
    expect((await refusal(['users', 'show', 'bob@example.com'])).reason).toBe('UserNotFound');
  });

  async function collaborators(userID: string) {
    const rows = await test_.database.kysely
      .selectFrom('instance.collaborators')
      .select(['project_id', 'role'])
      .where('user_id', '=', parseGlobalID('User', userID) ?? '')
      .orderBy('project_id')
      .execute();
    return { rows };
  }
});

describe('users', () => {
  const hashOf = async (userID: string): Promise<string> => {
    const row = await test_.database.acrossProjects
      .selectFrom('authenticators')
      .select('password_hash')
      .where('user_id', '=', parseGlobalID('User', userID) ?? '')
      .executeTakeFirstOrThrow();
    return row.password_hash ?? '';
  };
  const hasher = createHasher();

  test('create: without a password, with one, and with a generated one', async () => {
    const none = await json(['users', 'create', '--email', 'cyd@example.com']);
    expect(Object.keys(none)).toEqual(['userID']);
    expect((await json(['users', 'show', none.userID])).password).toBeNull();

    const typed = await json(
      ['users', 'create', '--username', 'dan', '--phone', '+12025550123', '--password-stdin', '--expire'],
      PASSWORD,
    );
    expect(await hasher.verify(await hashOf(typed.userID), PASSWORD)).toBe(true);
    const shown = await json(['users', 'show', typed.userID]);
    expect(shown.password).toEqual({ changedAt: expect.any(String), mustChange: true });
    expect(shown.loginIDs).toEqual([
      { type: 'phone', value: '+12025550123', isVerified: false },
      { type: 'username', value: 'dan', isVerified: false },
    ]);

    const generated = await json(['users', 'create', '--email', 'eve@example.com', '--generate', '--send']);
    expect(Object.keys(generated)).toEqual(['userID', 'password']);
    expect(await hasher.verify(await hashOf(generated.userID), generated.password)).toBe(true);
    const { messages } = await json(['users', 'show', 'eve@example.com']);
    expect(messages).toMatchObject([
      { type: 'account_created', recipient: 'eve@example.com', state: 'queued' },
    ]);
  });

  test('create in words says where the mail goes', async () => {
    const words = await text(['users', 'create', '--email', 'fay@example.com', '--generate', '--send']);
    expect(words).toMatch(
      /User ID +\S+\nE-mail +fay@example\.com\nPassword +\S+\nMail +queued for fay@example\.com/,
    );
    expect(words).toContain('built-in mailbox');
  });

  test('create is refused for a login ID that is taken or none, and for a mail without a password', async () => {
    await json(['users', 'create', '--email', 'gus@example.com']);
    expect((await refusal(['users', 'create', '--email', 'GUS@example.com'])).reason).toBe(
      'InvariantViolated',
    );
    expect((await refusal(['users', 'create', '--email', 'nonsense'])).reason).toBe('InvalidLoginID');
    expect((await refusal(['users', 'create', '--email', 'h@example.com', '--send'])).kind).toBe('Invalid');
  });

  test.each(['login ID', 'global id', 'UUID'])('reset-password finds the user by %s', async (way) => {
    const email = `ivy-${way.replace(' ', '-').toLowerCase()}@example.com`;
    const { userID } = await json(['users', 'create', '--email', email]);
    const names = {
      'login ID': email.toUpperCase(),
      'global id': userID,
      UUID: parseGlobalID('User', userID) ?? '',
    };
    const reset = await json(['users', 'reset-password', names[way as keyof typeof names], '--generate']);
    expect(Object.keys(reset)).toEqual(['userID', 'password']);
    expect(reset.userID).toBe(userID);
    expect(await hasher.verify(await hashOf(userID), reset.password)).toBe(true);
  });

  test('reset-password: typed, sent, expired; a typed one is never printed', async () => {
    const { userID } = await json([
      'users',
      'create',
      '--email',
      'jon@example.com',
      '--password',
      'first of many 1',
    ]);
    const reset = ['users', 'reset-password', 'jon@example.com'];
    expect(await json([...reset, '--password-stdin', '--send', '--expire'], `${PASSWORD}\r\n`)).toEqual({
      userID,
    });
    expect(await hasher.verify(await hashOf(userID), PASSWORD)).toBe(true);
    expect((await json(['users', 'show', userID])).password.mustChange).toBe(true);
    const words = await text([...reset, '--password', 'third of many 3', '--expire']);
    expect(words).toMatch(/^The password of "jon@example\.com" is changed/);
    expect(words).not.toContain('third of many 3');
  });

  test('reset-password without any password generates one', async () => {
    const { userID } = await json(['users', 'create', '--email', 'kim@example.com']);
    const reset = await json(['users', 'reset-password', 'kim@example.com']);
    expect(await hasher.verify(await hashOf(userID), reset.password)).toBe(true);
  });

  test('reset-password is refused for nobody, a broken rule, and a mail without an address; nothing changes', async () => {
    const { userID } = await json(['users', 'create', '--username', 'lea', '--password', PASSWORD]);
    for (const who of ['nobody@example.com', '', '\u0000', 'x'.repeat(100_000), '0'.repeat(8)]) {
      expect((await refusal(['users', 'reset-password', who])).reason).toBe('UserNotFound');
    }
    const error = await refusal(['users', 'reset-password', 'lea', '--password', 'x\u0000']);
    expect(error.reason).toBe('PasswordPolicyViolated');
    expect((await refusal(['users', 'reset-password', 'lea', '--send'])).reason).toBe('SendPasswordNoTarget');
    const long = await refusal(['users', 'reset-password', 'lea', '--password-stdin'], '🔑'.repeat(100_000));
    expect(long.info.causes.map(({ Name }: { Name: string }) => Name)).toContain('PasswordTooLong');
    expect(await hasher.verify(await hashOf(userID), PASSWORD)).toBe(true);
  });

  test('an id of another project is nobody here', async () => {
    const { projectID } = await json(['projects', 'create', '--name', 'Elsewhere']);
    const { userID } = await json(['users', 'create', '--email', 'mia@example.com', '--project', projectID]);
    for (const who of [userID, parseGlobalID('User', userID) ?? '', 'mia@example.com']) {
      expect((await refusal(['users', 'show', who])).reason).toBe('UserNotFound');
    }
    expect((await json(['users', 'show', userID, '--project', projectID])).userID).toBe(userID);
  });

  test('list goes page by page, searches, and says when there is nobody', async () => {
    const { projectID } = await json(['projects', 'create', '--name', 'Many']);
    const list = ['users', 'list', '--project', projectID];
    expect(await json(list)).toEqual({ users: [], hasNextPage: false, endCursor: null });
    expect(await text(list)).toMatch(/^No users yet/);
    for (const name of ['nina', 'nils', 'olga']) {
      await json(['users', 'create', '--username', name, '--project', projectID]);
    }
    const first = await json([...list, '--limit', '2']);
    expect(first.users.map(({ name }: { name: string }) => name)).toEqual(['olga', 'nils']);
    expect(first.hasNextPage).toBe(true);
    const second = await json([...list, '--limit', '2', '--after', first.endCursor]);
    expect(second.users.map(({ name }: { name: string }) => name)).toEqual(['nina']);
    expect(second.hasNextPage).toBe(false);
    expect((await json([...list, '--search', 'ni'])).users).toHaveLength(2);
    expect(await text([...list, '--limit', '2'])).toMatch(
      /^LOGIN ID +NAME[\s\S]+olga[\s\S]+There are more: --after \S+\n$/,
    );
    expect(await text([...list, '--search', 'zzz'])).toBe('Nobody matches "zzz".\n');
    expect((await refusal([...list, '--after', 'nonsense'])).reason).toBe('InvalidCursor');
  });
});

describe('users disable, enable, delete', () => {
  test('one after the other, each by what it says, and not twice', async () => {
    const { userID } = await json(['users', 'create', '--email', 'leaver@example.com']);
    expect(await json(['users', 'disable', 'leaver@example.com', '--reason', 'left'])).toEqual({ userID });
    expect((await refusal(['users', 'disable', 'leaver@example.com'])).reason).toBe(
      'InvalidAccountStatusTransition',
    );
    expect(await text(['users', 'show', 'leaver@example.com'])).toContain('disabled');
    expect(await json(['users', 'enable', userID])).toEqual({ userID });
    expect(await text(['users', 'delete', 'leaver@example.com', '--reason', 'asked'])).toMatch(/is deleted/);
    expect((await refusal(['users', 'delete', userID])).reason).toBe('UserNotFound');
    expect(await audited('USER_DELETED')).toMatchObject([{ actor: { type: 'command_line' } }]);
    expect(await audited('ADMIN_API_MUTATION_DELETE_USER_EXECUTED')).toEqual([]);
  });
});
