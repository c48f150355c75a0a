import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminActs, adminActs } from '../../../../tests/support/admin-acts.ts';
import { type AdminApiBench, adminApiBench, userGlobalID } from '../../../../tests/support/admin-api.ts';
import { grantStore } from '../../oidc/grant-store.ts';
import { globalID, randomToken, sha256 } from '../../platform/ids.ts';
import { userStore } from '../../users/index.ts';

const NOBODY = userGlobalID('0195f5d2-0000-7000-8000-000000000000');
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

const session = (uid: string) => ({ sessionID: globalID('Session', uid) });

describe('revokeSession', () => {
  it('ends that session and no other, and records who did it', async () => {
    const [here, there] = [await acts.signIn(ada), await acts.signIn(ada)];
    const answer = await acts.does('revokeSession', session(there), 'user { id sessions { totalCount } }');
    expect(answer).toEqual({ user: { id: userGlobalID(ada), sessions: { totalCount: 1 } } });
    expect(await acts.sessionsOf(ada)).toEqual([here]);
    expect((await acts.trail(ada)).slice(-2)).toMatchObject([
      {
        activityType: 'USER_SESSION_TERMINATED',
        data: { actor: { type: 'admin_api' }, termination_type: 'individual', session_ids: [there] },
      },
      { activityType: 'ADMIN_API_MUTATION_REVOKE_SESSION_EXECUTED', data: { session_ids: [there] } },
    ]);
  });

  it('ends what apps were given in it, and nothing that they were given in another one', async () => {
    const grants = grantStore(bench.db('home'));
    const now = bench.clock.now();
    const grant = async (): Promise<string> => {
      const id = randomToken();
      const sessionEpoch = (await userStore(bench.db('home')).find(ada))?.sessionEpoch ?? 0;
      const expiresAt = new Date(now.getTime() + 3_600_000);
      const written = {
        idHash: sha256(id),
        userID: ada,
        sessionEpoch,
        clientID: 'app',
        payload: {},
        expiresAt,
      };
      expect(await grants.upsert(written, now)).toBe(true);
      return id;
    };
    const [ended, kept] = [await grant(), await grant()];
    const uid = await acts.signIn(ada, { authorizations: { app: { grantId: ended } } });
    await acts.signIn(ada, { authorizations: { app: { grantId: kept } } });
    await acts.does('revokeSession', session(uid));
    expect(await grants.find(sha256(ended), now)).toBeUndefined();
    expect(await grants.find(sha256(kept), now)).toBeDefined();
  });

  it.each([
    ['an id that is none', 'no id at all', 'InvalidSessionID', 'Invalid'],
    ['the id of a user', NOBODY, 'InvalidSessionID', 'Invalid'],
    ['a session that never was', globalID('Session', 'nobody-is-here'), 'SessionNotFound', 'NotFound'],
  ])('refuses %s', async (_, sessionID, reason, errorName) => {
    const error = await acts.refused('revokeSession', { sessionID });
    expect(error.extensions).toMatchObject({ reason, errorName });
  });

  it('refuses one that has ended, and one of another project', async () => {
    const uid = await acts.signIn(ada);
    await acts.does('revokeSession', session(uid));
    expect((await acts.refused('revokeSession', session(uid))).extensions.reason).toBe('SessionNotFound');
    const other = await acts.signIn(ada);
    const query = 'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { user { id } } }';
    const { errors } = await bench.ask('shop', query, { input: session(other) });
    expect(errors?.[0]?.extensions.reason).toBe('SessionNotFound');
    expect(await acts.sessionsOf(ada)).toEqual([other]);
  });

  it('does not act on a collaborator', async () => {
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'shop', 'viewer');
    const error = await acts.refused('revokeSession', session(await acts.signIn(userID)));
    expect(error.extensions.reason).toBe('MayNotActOnCollaborator');
  });
});

describe('revokeAllSessions', () => {
  it('ends every session of the user and nobody else’s', async () => {
    const bob = await bench.addUser('home', `${randomToken(6)}@example.com`);
    const ids = [await acts.signIn(ada), await acts.signIn(ada)];
    const kept = await acts.signIn(bob);
    await acts.does('revokeAllSessions', { userID: userGlobalID(ada) });
    expect(await acts.sessionsOf(ada)).toEqual([]);
    expect(await acts.sessionsOf(bob)).toEqual([kept]);
    const [ended, executed] = (await acts.trail(ada)).slice(-2);
    expect(ended).toMatchObject({
      activityType: 'USER_SESSION_TERMINATED',
      data: { termination_type: 'all', session_ids: expect.arrayContaining(ids) },
    });
    expect(executed?.activityType).toBe('ADMIN_API_MUTATION_REVOKE_ALL_SESSIONS_EXECUTED');
  });

  it('voids tokens too, for it raises the epoch they were made under', async () => {
    const before = (await userStore(bench.db('home')).find(ada))?.sessionEpoch ?? 0;
    await acts.does('revokeAllSessions', { userID: userGlobalID(ada) });
    expect((await userStore(bench.db('home')).find(ada))?.sessionEpoch).toBe(before + 1);
  });

  it.each([
    ['an unknown user', NOBODY, 'UserNotFound'],
    ['an id that is none', 'x', 'InvalidUserID'],
  ])('refuses %s', async (_, userID, reason) => {
    expect((await acts.refused('revokeAllSessions', { userID })).extensions.reason).toBe(reason);
  });
});
