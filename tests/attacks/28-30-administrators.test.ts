import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalID } from '../../server/src/platform/ids.ts';
import { mutation } from '../support/admin-client.ts';
import { type PortalClient, portalClient } from '../support/portal-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const CHOSEN = 'my very own passphrase 1';

let stage: Stage;
let shopID: string;
let ada: StageUser;
/** Owner of home, owner of the shop alone, and editor of home. */
let owner: StageUser;
let shopkeeper: StageUser;
let editor: PortalClient;
let ownersPortal: PortalClient;

async function addOperator(email: string, role: string, projectID = 'home'): Promise<StageUser> {
  const args = ['operators', 'create', '--email', email, '--role', role, '--project', projectID];
  const { userID } = await stage.server.json<{ userID: string }>(
    [...args, '--password-stdin'],
    STAGE_PASSWORD,
  );
  const uuid = Buffer.from(userID, 'base64url').toString().slice('User:'.length);
  return { id: userID, uuid, loginID: email, password: STAGE_PASSWORD };
}

beforeAll(async () => {
  stage = await startStage();
  shopID = (await stage.server.json<{ projectID: string }>(['projects', 'create', '--name', 'Shop']))
    .projectID;
  ada = await stage.addUser('ada@example.com');
  owner = await addOperator('owner@example.com', 'owner');
  shopkeeper = await addOperator('shopkeeper@example.com', 'owner', shopID);
  await addOperator('editor@example.com', 'editor');
  editor = await portalClient(stage, 'editor@example.com', STAGE_PASSWORD);
  ownersPortal = await portalClient(stage, owner.loginID, STAGE_PASSWORD);
});
afterAll(() => stage?.stop());

interface InputType {
  name: string;
  inputFields: { name: string; type: TypeRef }[] | null;
}
interface TypeRef {
  kind: string;
  name: string | null;
  ofType: TypeRef | null;
}
interface MutationField {
  name: string;
  args: { name: string; type: TypeRef }[];
}

const bare = (type: TypeRef): TypeRef => (type.ofType ? bare(type.ofType) : type);

/** What each mutation takes, as the running server tells it: one that is added later is tried as well. */
async function mutations(): Promise<{ name: string; input: InputType['inputFields'] }[]> {
  const ref = 'kind name ofType { kind name ofType { kind name } }';
  const { data } = await stage.admin.ask(
    `{ __schema { mutationType { fields { name args { name type { ${ref} } } } }
       types { name inputFields { name type { ${ref} } } } } }`,
  );
  const types = new Map((data.__schema.types as InputType[]).map((type) => [type.name, type.inputFields]));
  return (data.__schema.mutationType.fields as MutationField[]).map(({ name, args }) => ({
    name,
    input: types.get(bare(args[0]?.type ?? { kind: '', name: '', ofType: null }).name ?? '') ?? [],
  }));
}

const SAMPLES: Record<string, unknown> = {
  Boolean: false,
  String: CHOSEN,
  Int: 1,
  DateTime: '2026-01-01T00:00:00Z',
  UserStandardAttributes: { name: 'Mallory' },
  UserCustomAttributes: {},
  AuthenticatorDefinition: { kind: 'PRIMARY', type: 'PASSWORD', password: { password: CHOSEN } },
};

/** Where the samples contradict each other. */
const SPECIAL: Record<string, Record<string, unknown>> = {
  setAccountValidPeriod: { accountValidUntil: null },
  setDisabledStatus: { isDisabled: true, temporarilyDisabledFrom: null, temporarilyDisabledUntil: null },
};

/** Every mutation of a user there is, aimed at this one. */
async function aimedAt(user: StageUser): Promise<{ name: string; input: Record<string, unknown> }[]> {
  const aimed = (await mutations()).filter(({ input }) => input?.some(({ name }) => name === 'userID'));
  return aimed.map(({ name, input }) => ({
    name,
    input: {
      ...Object.fromEntries(
        (input ?? [])
          .map((field) => [
            field.name,
            field.name === 'userID' ? user.id : SAMPLES[bare(field.type).name ?? ''],
          ])
          .filter(([, value]) => value !== undefined),
      ),
      ...SPECIAL[name],
    },
  }));
}

const reasonOf = (answer: WireAnswer): string => answer.json().errors?.[0]?.extensions.reason;

describe('28 Keycloak CVE-2026-97177, CVE-2026-94001, CVE-2026-94000: ways round a reset that is denied', () => {
  it.each([
    ['an owner', () => owner],
    ['the owner of another project', () => shopkeeper],
  ])('no mutation lets a key act on %s', async (_, victim) => {
    const all = await aimedAt(victim());
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['resetPassword', 'setPasswordExpired']),
    );
    for (const { name, input } of all) {
      const body = JSON.stringify({ query: mutation(name, '__typename'), variables: { input } });
      const answer = await stage.unchanged(() => stage.admin.send({ body }));
      expect([name, reasonOf(answer)]).toEqual([name, 'MayNotActOnCollaborator']);
    }
  });

  it.each([
    ['an owner', () => owner],
    ['the owner of another project', () => shopkeeper],
  ])('no mutation lets an editor act on %s', async (_, victim) => {
    for (const { name, input } of await aimedAt(victim())) {
      const ask = () => editor.ask(mutation(name, '__typename'), { input });
      const answer = await stage.unchanged(ask, { but: ['sessions'] });
      expect([name, reasonOf(answer)]).toEqual([name, 'MayNotActOnCollaborator']);
    }
  });

  it('not even an owner of home acts on the owner of a project that is not theirs', async () => {
    for (const { name, input } of await aimedAt(shopkeeper)) {
      const ask = () => ownersPortal.ask(mutation(name, '__typename'), { input });
      const answer = await stage.unchanged(ask, { but: ['sessions'] });
      expect([name, reasonOf(answer)]).toEqual([name, 'MayNotActOnCollaborator']);
    }
  });

  it('the API of another project does not know them, nor lets in who does not work there', async () => {
    const shop = await portalClient(stage, shopkeeper.loginID, STAGE_PASSWORD);
    for (const { name, input } of await aimedAt(owner)) {
      const ask = () => shop.ask(mutation(name, '__typename'), { input }, shopID);
      expect([name, reasonOf(await ask())]).toEqual([name, 'UserNotFound']);
    }
    for (const [portal, projectID] of [
      [shop, 'home'],
      [editor, shopID],
    ] as const) {
      const answer = await portal.ask('{ __typename }', {}, projectID);
      expect([answer.status, answer.json().error.reason]).toEqual([404, 'ProjectNotFound']);
    }
  });

  it('their address cannot be taken by a new user', async () => {
    for (const value of [owner.loginID, owner.loginID.toUpperCase()]) {
      const input = { definition: { loginID: { key: 'email', value } }, password: CHOSEN };
      const { errors } = await stage.unchanged(() =>
        stage.admin.ask(mutation('createUser', 'user { id }'), { input }),
      );
      expect(errors?.[0]?.extensions).toMatchObject({
        reason: 'InvariantViolated',
        info: { cause: { kind: 'DuplicatedIdentity' } },
      });
    }
  });

  it('a password is written by these mutations and no other', async () => {
    const writing = (await mutations())
      .filter(({ input }) =>
        input?.some(({ name, type }) =>
          /password|authenticator|credential|hash/i.test(`${name} ${bare(type).name}`),
        ),
      )
      .map(({ name }) => name);
    expect(writing.sort()).toEqual([
      'createAuthenticator',
      'createUser',
      'deleteAuthenticator',
      'resetPassword',
    ]);
  });

  it('a mail to an owner, with their password in it, is not sent again by others', async () => {
    stage.mail.refuse('550 no such user');
    await stage.server.json(
      ['users', 'reset-password', owner.loginID, '--password-stdin', '--send'],
      STAGE_PASSWORD,
    );
    const query =
      'query ($id: ID!) { node(id: $id) { ... on User { messages { edges { node { id state } } } } } }';
    const messages = async () => (await stage.admin.ask(query, { id: owner.id })).data.node.messages.edges;
    await expect.poll(messages, { timeout: 30_000 }).toMatchObject([{ node: { state: 'FAILED' } }]);
    const [{ node }] = await messages();
    const retry = 'mutation ($input: RetryMessageInput!) { retryMessage(input: $input) { __typename } }';
    const input = { messageID: node.id };
    const byKey = await stage.unchanged(() => stage.admin.ask(retry, { input }));
    expect(byKey.errors?.[0]?.extensions.reason).toBe('MayNotActOnCollaborator');
    expect(reasonOf(await editor.ask(retry, { input }))).toBe('MayNotActOnCollaborator');
  });

  it('nor do those that name what is theirs: no key and no editor ends a session of an owner or takes the password', async () => {
    const browser = await stage.signedIn(owner);
    const { rows } = await stage.db.query(
      `select a.id as authenticator, s.uid as session from authenticators a
       join sessions s on s.user_id = a.user_id and s.revoked_at is null where a.user_id = $1`,
      [owner.uuid],
    );
    const [{ authenticator, session }] = rows;
    for (const [name, input] of [
      ['deleteAuthenticator', { authenticatorID: globalID('Authenticator', authenticator) }],
      ['revokeSession', { sessionID: globalID('Session', session) }],
    ] as const) {
      const query = mutation(name, 'user { id }');
      const byKey = await stage.unchanged(() => stage.admin.ask(query, { input }));
      expect([name, byKey.errors?.[0]?.extensions.reason]).toEqual([name, 'MayNotActOnCollaborator']);
      const byEditor = await stage.unchanged(() => editor.ask(query, { input }), { but: ['sessions'] });
      expect([name, reasonOf(byEditor)]).toEqual([name, 'MayNotActOnCollaborator']);
    }
    expect((await stage.settings(browser)).heading).toBe('Your account');
    await stage.signedIn(owner);
  });

  it('nor is an owner sent a link to a new password by a key or an editor', async () => {
    const query =
      'mutation ($input: SendResetPasswordMessageInput!) { sendResetPasswordMessage(input: $input) }';
    const input = { loginID: owner.loginID };
    const byKey = await stage.unchanged(() => stage.admin.ask(query, { input }));
    expect(byKey.errors?.[0]?.extensions.reason).toBe('MayNotActOnCollaborator');
    const byEditor = await stage.unchanged(() => editor.ask(query, { input }), { but: ['sessions'] });
    expect(reasonOf(byEditor)).toBe('MayNotActOnCollaborator');
  });

  it('the same mutations work on a user who is no operator, which shows that they were refused for that', async () => {
    for (const { name } of await aimedAt(ada)) {
      const password = name === 'createAuthenticator' ? '' : STAGE_PASSWORD;
      const someone = await stage.addUser(`${name}@example.com`, { password });
      const input = (await aimedAt(someone)).find((aimed) => aimed.name === name)?.input;
      const answer = await editor.ask(mutation(name, '__typename'), { input });
      expect([name, reasonOf(answer)]).toEqual([name, undefined]);
    }
  });
});

describe('29 Grav CVE-2026-62233: a user manager weakened the account of a super-administrator', () => {
  it('the mark that a password must be changed is not taken off an owner by an editor or a key', async () => {
    await stage.db.query('update authenticators set expire_after = now() where user_id = $1', [owner.uuid]);
    const input = { userID: owner.id, expired: false };
    const query = mutation('setPasswordExpired', 'user { id }');
    const byEditor = await stage.unchanged(() => editor.ask(query, { input }), { but: ['sessions'] });
    expect(reasonOf(byEditor)).toBe('MayNotActOnCollaborator');
    const byKey = await stage.unchanged(() => stage.admin.ask(query, { input }));
    expect(byKey.errors?.[0]?.extensions.reason).toBe('MayNotActOnCollaborator');
  });
});

describe('30 Kanboard GHSA-fchw-39vq-2wvv: a form field chose whose password changed', () => {
  const cookieHeader = (cookies: Record<string, string>): string =>
    Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');

  async function atTheChange(loginID: string) {
    const user = await stage.addUser(loginID, { mustChange: true });
    const browser = await stage.visitor();
    const page = await browser.signIn(await stage.settings(browser), user.loginID, user.password);
    expect(page.heading).toBe('Change your password');
    return { user, browser, page };
  }

  const hashOf = async ({ uuid }: StageUser): Promise<string> => {
    const { rows } = await stage.db.query('select password_hash from authenticators where user_id = $1', [
      uuid,
    ]);
    return rows[0].password_hash;
  };

  it('a forced change changes the password of who proved theirs, whatever else the form and the address say', async () => {
    const { user, browser, page } = await atTheChange('mallory@example.com');
    const before = await hashOf(ada);
    const [form] = page.forms;
    const names = [
      'user_id',
      'userID',
      'user',
      'id',
      'uid',
      'sub',
      'login_id',
      'username',
      'email',
      'interactionID',
    ];
    const aimed = Object.fromEntries(names.map((name, index) => [name, index % 2 ? ada.uuid : ada.loginID]));
    const query = new URLSearchParams({ user_id: ada.uuid, login_id: ada.loginID, username: ada.loginID });
    const [to] = [{ ...page, forms: [{ action: `${form?.action}?${query}`, fields: form?.fields ?? {} }] }];
    const landed = await browser.send(to, { ...aimed, new_password: CHOSEN, confirmation: CHOSEN });
    expect(landed.heading).toBe('Your account');
    expect(landed.html).toContain(user.loginID);
    expect(await hashOf(ada)).toBe(before);
    await stage.signedIn(ada);
    await stage.signedIn({ ...user, password: CHOSEN });
  });

  it('nor is it that of another login that is open elsewhere', async () => {
    const [mine, theirs] = [await atTheChange('mine@example.com'), await atTheChange('theirs@example.com')];
    const cookies = await mine.browser.cookies();
    const uid = theirs.page.url.pathname.split('/')[2] ?? '';
    for (const jar of [
      cookies,
      { ...cookies, latchkey_login: uid },
      { ...cookies, latchkey_login: uid, latchkey_resume: uid },
    ]) {
      const asked = {
        method: 'POST',
        path: theirs.page.url.pathname,
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookieHeader(jar) },
        body: new URLSearchParams({
          csrf: mine.page.forms[0]?.fields.csrf ?? '',
          new_password: CHOSEN,
          confirmation: CHOSEN,
        }).toString(),
      };
      const answer = await stage.unchanged(() => sendRaw(stage.server.port, asked));
      expect(answer.status).toBe(400);
    }
  });

  it('an operator proves their own password, and nobody else by it', async () => {
    const fields = { password: ada.password, userID: ada.id, user_id: ada.uuid, email: ada.loginID };
    const other = await stage.addUser('other@example.com', { password: 'another one 2026!' });
    const answer = await editor.post('reauthenticate', {
      ...fields,
      password: other.password,
      userID: other.id,
    });
    expect([answer.status, answer.json().error.reason]).toEqual([403, 'InvalidCredentials']);
  });
});
