import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  type Answer,
  adminApiBench,
  apiRequest,
  signToken,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { keepMail } from '../../messages/mailbox.ts';
import { globalID, splitGlobalID } from '../../platform/ids.ts';
import type { Role } from '../../projects/index.ts';
import type { Operator } from './index.ts';

let bench: AdminApiBench;
let alice: string;
const operators = {} as Record<Role, Operator>;
let shopOwner: Operator;

beforeAll(async () => {
  bench = await adminApiBench();
  alice = await bench.addUser('home', 'alice@example.com');
  for (const role of ['viewer', 'editor', 'owner'] as const) {
    operators[role] = await bench.addOperator(`${role}@example.com`, 'home', role);
  }
  shopOwner = await bench.addOperator('shop-owner@example.com', 'shop', 'owner');
});
afterAll(() => bench.stop());

beforeEach(() => {
  const passwordProvedAt = bench.clock.now();
  for (const role of ['viewer', 'editor', 'owner'] as const) {
    operators[role] = { ...operators[role], passwordProvedAt };
  }
});

const RESET = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { user { id } } }';
const EXPIRE =
  'mutation ($input: SetPasswordExpiredInput!) { setPasswordExpired(input: $input) { user { id } } }';
const reset = (by: Operator, userID: string, projectID = 'home') =>
  bench.askAs(by, projectID, RESET, { input: { userID: userGlobalID(userID) } });

const reasonOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.reason;

/** Sees that the request is refused for the reason, and that nothing has changed. */
async function expectRefusal(request: () => Promise<Answer>, reason: string): Promise<void> {
  const before = await bench.everything();
  const answer = await request();
  expect(answer.errors).toMatchObject([{ extensions: { errorName: 'Forbidden', reason } }]);
  expect(answer.data ?? null).toBeNull();
  expect(await bench.everything()).toBe(before);
}

describe('a viewer', () => {
  it('reads', async () => {
    const { data, errors } = await bench.askAs(operators.viewer, 'home', '{ users { totalCount } }');
    expect(errors).toBeUndefined();
    expect(data.users.totalCount).toBeGreaterThan(0);
  });

  it.each([
    ['resetPassword', () => reset(operators.viewer, alice)],
    [
      'setPasswordExpired',
      () =>
        bench.askAs(operators.viewer, 'home', EXPIRE, {
          input: { userID: userGlobalID(alice), expired: true },
        }),
    ],
    [
      'createUser',
      () =>
        bench.askAs(
          operators.viewer,
          'home',
          'mutation { createUser(input: {definition: {loginID: {key: "email", value: "x@example.com"}}}) { user { id } } }',
        ),
    ],
    [
      'retryMessage',
      () =>
        bench.askAs(
          operators.viewer,
          'home',
          'mutation { retryMessage(input: {messageID: "x"}) { message { id } } }',
        ),
    ],
    [
      'generatePassword',
      () => bench.askAs(operators.viewer, 'home', 'mutation { generatePassword { password } }'),
    ],
    [
      'createAdminKey',
      () => bench.askAs(operators.viewer, 'home', 'mutation { createAdminKey { privateKey } }'),
    ],
  ])('changes nothing by %s', async (_, request) => expectRefusal(request, 'RoleInsufficient'));

  it('changes nothing by a mutation that hides behind a query', async () => {
    const query = `query Look { users { totalCount } }
      mutation Change { resetPassword(input: {userID: "${userGlobalID(alice)}"}) { user { id } } }`;
    const request = apiRequest({ query, operationName: 'Change' });
    await expectRefusal(async () => {
      const response = await bench.api.handleAsOperator(
        request,
        await bench.project('home'),
        operators.viewer,
        {},
      );
      return { status: response.status, headers: response.headers, ...((await response.json()) as object) };
    }, 'RoleInsufficient');
  });
});

describe('an editor', () => {
  it('resets a user’s password, which is recorded with their name', async () => {
    const { data, errors } = await reset(operators.editor, alice);
    expect(errors).toBeUndefined();
    expect(data.resetPassword.user.id).toBe(userGlobalID(alice));
    const logs = await bench.askAs(
      operators.editor,
      'home',
      '{ auditLogs(activityTypes: [PASSWORD_RESET], first: 1) { edges { node { data user { id } } } } }',
    );
    expect(logs.data.auditLogs.edges[0].node).toMatchObject({
      data: { actor: { type: 'operator', userID: operators.editor.userID } },
      user: { id: userGlobalID(alice) },
    });
  });

  it('generates a password that is written nowhere', async () => {
    const { data } = await bench.askAs(
      operators.editor,
      'home',
      'mutation { generatePassword { password } }',
    );
    expect(data.generatePassword.password.length).toBeGreaterThanOrEqual(8);
    expect(await bench.everything()).not.toContain(data.generatePassword.password);
  });

  it('does not manage keys', async () => {
    await expectRefusal(
      () => bench.askAs(operators.editor, 'home', 'mutation { createAdminKey { privateKey } }'),
      'RoleInsufficient',
    );
    await expectRefusal(
      () => bench.askAs(operators.editor, 'home', '{ adminKeys { keyID } }'),
      'RoleInsufficient',
    );
    const { keyID } = await bench.key('home');
    await expectRefusal(
      () =>
        bench.askAs(
          operators.editor,
          'home',
          'mutation ($id: String!) { revokeAdminKey(input: {keyID: $id}) { adminKey { keyID } } }',
          { id: keyID },
        ),
      'RoleInsufficient',
    );
  });
});

describe('a user who is an operator', () => {
  const proof = () => bench.clock.now();

  it('is reset by an operator of at least their role in each of their projects', async () => {
    expect((await reset(operators.owner, operators.editor.userID)).errors).toBeUndefined();
    expect((await reset(operators.editor, operators.viewer.userID)).errors).toBeUndefined();
    expect((await reset(operators.owner, operators.owner.userID)).errors).toBeUndefined();
  });

  it.each<[string, () => Promise<Answer>]>([
    ['a lower role', () => reset(operators.editor, operators.owner.userID)],
    ['a role in another project', () => reset(operators.owner, shopOwner.userID)],
    [
      'a lower role that sets the password expired',
      () =>
        bench.askAs(operators.editor, 'home', EXPIRE, {
          input: { userID: userGlobalID(operators.owner.userID), expired: true },
        }),
    ],
    [
      'an API key',
      () => bench.ask('home', RESET, { input: { userID: userGlobalID(operators.viewer.userID) } }),
    ],
    [
      'an API key that sets the password expired',
      () =>
        bench.ask('home', EXPIRE, {
          input: { userID: userGlobalID(operators.viewer.userID), expired: true },
        }),
    ],
  ])('is not changed by %s', async (_, request) => expectRefusal(request, 'MayNotActOnCollaborator'));

  it('is reset only by an operator who proved their own password a moment ago', async () => {
    const target = operators.editor.userID;
    const long = { ...operators.owner, passwordProvedAt: new Date(proof().getTime() - 10 * 60_000 - 1) };
    await expectRefusal(() => reset(long, target), 'ReauthenticationRequired');
    await expectRefusal(
      () => reset({ ...long, passwordProvedAt: undefined }, target),
      'ReauthenticationRequired',
    );
    const recent = { ...operators.owner, passwordProvedAt: new Date(proof().getTime() - 10 * 60_000) };
    expect((await reset(recent, target)).errors).toBeUndefined();
    expect((await reset(long, alice)).errors).toBeUndefined();
  });

  it('is not asked for in vain: who may not at all is told so first', async () => {
    const long = { ...operators.editor, passwordProvedAt: undefined };
    await expectRefusal(() => reset(long, operators.owner.userID), 'MayNotActOnCollaborator');
  });

  it('is nobody in another project', async () => {
    const answer = await reset({ ...operators.owner, role: 'owner' }, operators.editor.userID, 'shop');
    expect(reasonOf(answer)).toBe('UserNotFound');
  });
});

describe('the Admin API keys', () => {
  const CREATE =
    'mutation { createAdminKey { privateKey adminKey { keyID createdAt lastUsedAt revokedAt } } }';
  const REVOKE =
    'mutation ($id: String!) { revokeAdminKey(input: {keyID: $id}) { adminKey { keyID revokedAt } } }';

  it('are made, listed and revoked by an owner', async () => {
    const made = (await bench.askAs(operators.owner, 'home', CREATE)).data.createAdminKey;
    expect(made.adminKey).toMatchObject({ lastUsedAt: null, revokedAt: null });
    const { keyID } = made.adminKey;
    const key = { projectID: 'home', keyID, privateKeyPEM: made.privateKey };
    const ask = async () => {
      const token = await signToken(key, bench.clock);
      return bench.send('home', apiRequest({ query: '{ users { totalCount } }' }, token));
    };
    expect((await ask()).status).toBe(200);
    const list = (await bench.askAs(operators.owner, 'home', '{ adminKeys { keyID } }')).data.adminKeys;
    expect(list).toContainEqual({ keyID });
    expect(JSON.stringify(await bench.everything())).not.toContain('PRIVATE KEY');

    const revoked = (await bench.askAs(operators.owner, 'home', REVOKE, { id: keyID })).data.revokeAdminKey;
    expect(revoked.adminKey).toEqual({ keyID, revokedAt: bench.clock.now().toISOString() });
    expect((await ask()).status).toBe(401);
    const again = await bench.askAs(operators.owner, 'home', REVOKE, { id: keyID });
    expect(again.errors).toMatchObject([
      { extensions: { errorName: 'NotFound', reason: 'AdminKeyNotFound' } },
    ]);
  });

  it('are made only after the password was proved', async () => {
    const long = { ...operators.owner, passwordProvedAt: undefined };
    await expectRefusal(() => bench.askAs(long, 'home', CREATE), 'ReauthenticationRequired');
  });

  it('of another project are not found, nor is what can be no key', async () => {
    const { keyID } = await bench.key('shop');
    for (const id of [keyID, '', 'x', '\0', `${keyID}\0`, '😀']) {
      const answer = await bench.askAs(operators.owner, 'home', REVOKE, { id });
      expect([id, reasonOf(answer)]).toEqual([id, 'AdminKeyNotFound']);
    }
    const list = (await bench.askAs(operators.owner, 'home', '{ adminKeys { keyID } }')).data.adminKeys;
    expect(list).not.toContainEqual({ keyID });
  });

  it.each([
    ['{ adminKeys { keyID } }'],
    [CREATE],
    ['mutation { revokeAdminKey(input: {keyID: "x"}) { adminKey { keyID } } }'],
    ['mutation { generatePassword { password } }'],
    ['{ mailbox { id } }'],
    ['mutation { openMail(input: {id: "x"}) { text } }'],
  ])('may not do what is an operator’s: %.40s', async (query) =>
    expectRefusal(() => bench.ask('home', query), 'OperatorRequired'),
  );
});

describe('a message', () => {
  const RETRY =
    'mutation ($id: ID!) { retryMessage(input: {messageID: $id}) { message { id state canRetry } } }';

  async function sendTo(userID: string): Promise<string> {
    const { data } = await bench.askAs(
      operators.owner,
      'home',
      'mutation ($id: ID!) { resetPassword(input: {userID: $id, sendPassword: true}) { messages { id } } }',
      { id: userGlobalID(userID) },
    );
    return data.resetPassword.messages[0].id;
  }

  const fail = (userID: string) =>
    bench
      .db('home')
      .kysely.updateTable('messages')
      .set({ state: 'failed', reason: '550 no such mailbox', attempts: 8 })
      .where('project_id', '=', 'home')
      .where('user_id', '=', userID)
      .where('state', '=', 'queued')
      .execute();

  it('that failed is sent again', async () => {
    const id = await sendTo(alice);
    await fail(alice);
    const { data, errors } = await bench.askAs(operators.editor, 'home', RETRY, { id });
    expect(errors).toBeUndefined();
    expect(data.retryMessage.message).toMatchObject({ id, state: 'QUEUED' });
  });

  it('that is on its way is not', async () => {
    const id = await sendTo(alice);
    const answer = await bench.ask('home', RETRY, { id });
    expect(answer.errors).toMatchObject([
      { extensions: { errorName: 'Invalid', reason: 'MessageNotRetriable' } },
    ]);
  });

  it('to an operator is not sent again by a key or a lower role', async () => {
    const id = await sendTo(operators.owner.userID);
    await fail(operators.owner.userID);
    await expectRefusal(() => bench.ask('home', RETRY, { id }), 'MayNotActOnCollaborator');
    await expectRefusal(
      () => bench.askAs(operators.editor, 'home', RETRY, { id }),
      'MayNotActOnCollaborator',
    );
  });

  it('of another project, or of nobody, is not found', async () => {
    const id = await sendTo(alice);
    expect(reasonOf(await bench.ask('shop', RETRY, { id }))).toBe('MessageNotFound');
    const unknown = globalID('Message', '0195c1f0-7d4e-7000-8000-000000000001');
    expect(reasonOf(await bench.ask('home', RETRY, { id: unknown }))).toBe('MessageNotFound');
    expect(reasonOf(await bench.ask('home', RETRY, { id: userGlobalID(alice) }))).toBe('InvalidMessageID');
  });
});

describe('the mailbox', () => {
  const LIST = '{ mailbox { id recipient subject createdAt expiresAt } }';
  const OPEN = 'mutation ($id: ID!) { openMail(input: {id: $id}) { mail { id subject } html text } }';

  /** Keeps a mail in the mailbox of a project, as the delivery of a message does. */
  async function keep(projectID: string): Promise<void> {
    const email = `${projectID}-mail@example.com`;
    const { data } = await bench.ask(
      projectID,
      `mutation ($email: String!) {
        createUser(input: {
          definition: {loginID: {key: "email", value: $email}}, password: "", sendPassword: true
        }) { messages { id } }
      }`,
      { email },
    );
    const id = splitGlobalID(data.createUser.messages[0].id)?.id ?? '';
    const mail = { to: email, subject: 'Your account', html: '<p>It was made.</p>', text: 'It was made.' };
    await keepMail(bench.db(projectID), bench, { id }, mail as Parameters<typeof keepMail>[3]);
  }

  it.each(['home', 'shop'])(
    'of the project %s is listed and opened by an owner of home',
    async (projectID) => {
      await keep(projectID);
      const owner: Operator = { ...operators.owner, role: 'editor' };
      const { mailbox } = (await bench.askAs(owner, projectID, LIST)).data;
      expect(mailbox).toEqual([
        {
          id: expect.any(String),
          recipient: `${projectID}-mail@example.com`,
          subject: 'Your account',
          createdAt: bench.clock.now().toISOString(),
          expiresAt: new Date(bench.clock.now().getTime() + 86_400_000).toISOString(),
        },
      ]);
      const { id } = mailbox[0];
      const opened = await bench.askAs(owner, projectID, OPEN, { id });
      expect(opened.data.openMail).toEqual({
        mail: { id, subject: 'Your account' },
        html: '<p>It was made.</p>',
        text: 'It was made.',
      });
      const logs = await bench.ask(
        projectID,
        '{ auditLogs(activityTypes: [MAILBOX_OPENED]) { edges { node { data } } } }',
      );
      expect(logs.data.auditLogs.edges).toMatchObject([
        { node: { data: { actor: { type: 'operator', userID: owner.userID } } } },
      ]);
      const elsewhere = projectID === 'home' ? 'shop' : 'home';
      expect(reasonOf(await bench.askAs(owner, elsewhere, OPEN, { id }))).toBe('MailNotFound');
    },
  );

  it.each(['home', 'shop'])('of the project %s is closed to everybody else', async (projectID) => {
    for (const operator of [operators.editor, operators.viewer, shopOwner]) {
      await expectRefusal(() => bench.askAs(operator, projectID, LIST), 'RoleInsufficient');
      await expectRefusal(() => bench.askAs(operator, projectID, OPEN, { id: 'x' }), 'RoleInsufficient');
    }
  });

  it('knows no mail of that id', async () => {
    const id = globalID('MailboxMail', '0195c1f0-7d4e-7000-8000-000000000001');
    const unknown = await bench.askAs(operators.owner, 'home', OPEN, { id });
    expect(unknown.errors).toMatchObject([{ extensions: { errorName: 'NotFound' } }]);
    expect(reasonOf(await bench.askAs(operators.owner, 'home', OPEN, { id: 'x' }))).toBe('InvalidMailID');
  });
});
