import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminActs, adminActs } from '../../../../tests/support/admin-acts.ts';
import {
  type AdminApiBench,
  adminApiBench,
  scene,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { flowStore } from '../../login/store.ts';
import { keepMail } from '../../messages/mailbox.ts';
import { grantStore } from '../../oidc/grant-store.ts';
import { randomToken, sha256, splitGlobalID } from '../../platform/ids.ts';

const NOBODY = userGlobalID('0195f5d2-0000-7000-8000-000000000000');
const DELETED = 'deletedUserID';
let bench: AdminApiBench;
let acts: AdminActs;
let ada: string;

beforeAll(async () => {
  bench = await adminApiBench();
  acts = adminActs(bench);
});
beforeEach(async () => {
  ada = await bench.addUser('home', `${randomToken(6)}@example.com`);
});
afterAll(() => bench.stop());

/** The tables, but for the audit log, in which the user's id stands. */
async function tablesOf(userID: string): Promise<string[]> {
  const everything = JSON.parse(await bench.everything()) as Record<string, string[]>;
  return Object.entries(everything)
    .filter(([name, rows]) => !name.includes('audit_log') && rows.some((row) => row.includes(userID)))
    .map(([name]) => name);
}

async function mailsKept(): Promise<number> {
  const { rows } = await sql`select id from mailbox`.execute(bench.test.database.acrossProjects);
  return rows.length;
}

describe('deleteUser', () => {
  it('leaves nothing of the user but the audit log, which names the id', async () => {
    const db = bench.db('home');
    const now = bench.clock.now();
    const expiresAt = new Date(now.getTime() + 60_000);
    const mailed = await acts.does(
      'resetPassword',
      { userID: userGlobalID(ada), sendPassword: true },
      'messages { id recipient }',
    );
    const [{ id, recipient }] = mailed.messages;
    const uid = await acts.signIn(ada);
    await grantStore(db).upsert(
      { idHash: sha256('g'), userID: ada, sessionEpoch: 1, clientID: 'app', payload: {}, expiresAt },
      now,
    );
    const proof = {
      userID: ada,
      sessionEpoch: 1,
      passwordVersion: 1,
      mustChange: false,
      provedAt: now,
      expiresAt,
    };
    await flowStore(db).put(sha256('i'), proof);
    await keepMail(db, bench, { id: splitGlobalID(id)?.id ?? '' }, {
      from: 'x@example.com',
      to: recipient,
      subject: 'S',
      html: 'h',
      text: 't',
      messageID: 'm',
    } as never);
    expect(await mailsKept()).toBe(1);
    expect((await tablesOf(ada)).sort()).toEqual(
      expect.arrayContaining([
        'public.authenticators',
        'public.grants',
        'public.identities',
        'public.login_flows',
        'public.messages',
        'public.password_history',
        'public.sessions',
        'public.users',
      ]),
    );

    const input = { userID: userGlobalID(ada), reason: 'asked for it' };
    expect(await acts.does('deleteUser', input, DELETED)).toEqual({ deletedUserID: userGlobalID(ada) });
    expect(await tablesOf(ada)).toEqual([]);
    expect(await bench.everything()).not.toContain(uid);
    expect(await mailsKept()).toBe(0);
    expect((await acts.trail(ada)).slice(-2)).toMatchObject([
      { activityType: 'USER_DELETED', data: { user_id: ada, reason: 'asked for it' } },
      { activityType: 'ADMIN_API_MUTATION_DELETE_USER_EXECUTED', data: { user_id: ada } },
    ]);
  });

  it('frees the login id', async () => {
    const email = `${randomToken(6)}@example.com`;
    const first = await bench.addUser('home', email);
    await acts.does('deleteUser', { userID: userGlobalID(first) }, DELETED);
    expect(await bench.addUser('home', email)).not.toBe(first);
  });

  it('is done once', async () => {
    const input = { userID: userGlobalID(ada) };
    const all = await Promise.allSettled([1, 2, 3].map(() => acts.does('deleteUser', input, DELETED)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await acts.refused('deleteUser', input)).extensions.reason).toBe('UserNotFound');
  });

  it.each([
    ['an unknown user', { userID: NOBODY }, 'UserNotFound'],
    ['an id that is none', { userID: 'x' }, 'InvalidUserID'],
    ['a reason that cannot be stored', { reason: 'a\0b' }, 'InvalidText'],
  ])('refuses %s', async (_, more, reason) => {
    const input = { userID: userGlobalID(ada), ...more };
    expect((await acts.refused('deleteUser', input)).extensions.reason).toBe(reason);
  });

  it('knows nobody of another project', async () => {
    const query = 'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserID } }';
    const { errors } = await bench.ask('shop', query, { input: { userID: userGlobalID(ada) } });
    expect(errors?.[0]?.extensions.reason).toBe('UserNotFound');
  });
});

describe('deleting an operator', () => {
  const query = 'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserID } }';

  it('is nothing for a key', async () => {
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'shop', 'viewer');
    const error = await acts.refused('deleteUser', { userID: userGlobalID(userID) });
    expect(error.extensions.reason).toBe('MayNotActOnCollaborator');
  });

  it('takes their roles along, and tells each project', async () => {
    const owner = await bench.addOperator(`${randomToken(6)}@example.com`, 'home', 'owner');
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'home', 'editor');
    for (const id of [userID, owner.userID]) {
      const role = id === userID ? 'viewer' : 'owner';
      await bench.projects.collaborators.add({ projectID: 'shop', userID: id, role }, scene);
    }
    const stale = { ...owner, passwordProvedAt: new Date(bench.clock.now().getTime() - 3_600_000) };
    const input = { userID: userGlobalID(userID) };
    const refused = await bench.askAs(stale, 'home', query, { input });
    expect(refused.errors?.[0]?.extensions.reason).toBe('ReauthenticationRequired');
    const { errors } = await bench.askAs(owner, 'home', query, { input });
    expect(errors).toBeUndefined();
    expect(await bench.projects.collaborators.projectsOf(userID)).toEqual([]);
    expect(await tablesOf(userID)).toEqual([]);
    const logged = '{ auditLogs(activityTypes: [PROJECT_COLLABORATOR_DELETED]) { edges { node { data } } } }';
    const { data } = await bench.ask('shop', logged);
    expect(data.auditLogs.edges).toMatchObject([{ node: { data: { user_id: userID, role: 'viewer' } } }]);
  });

  it('stops at the last owner of home, even at their own wish', async () => {
    const owners = (await bench.projects.collaborators.listFor('home')).filter(
      ({ role }) => role === 'owner',
    );
    const [last, ...others] = owners;
    for (const { userID } of others) {
      await bench.projects.collaborators.remove({ projectID: 'home', userID }, scene);
    }
    const userID = last?.userID ?? '';
    const me = { userID, role: 'owner', passwordProvedAt: bench.clock.now() } as const;
    const before = await bench.everything();
    const { errors } = await bench.askAs(me, 'home', query, { input: { userID: userGlobalID(userID) } });
    expect(errors?.[0]?.extensions).toMatchObject({ errorName: 'Forbidden', reason: 'LastOwner' });
    expect(await bench.everything()).toBe(before);
  });
});
