import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { ensureAuditPartitions } from '../../audit/index.ts';
import { manualClock } from '../../platform/clock.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { randomToken } from '../../platform/ids.ts';
import { revokeAllSessions } from '../../sessions/index.ts';
import { insertUser, normalizeLoginID, type User, userStore } from '../../users/index.ts';
import { loadLibrary } from '../library.ts';
import { inRequest, noteProof, requestScope } from '../request-scope.ts';
import { createAdapter } from './index.ts';

const clock = manualClock();
const HOUR = 3_600;

let test: TestDatabase;
let db: ProjectDb;
let adapters: AdapterFactory;
let alice: User;
let count = 0;

beforeAll(async () => {
  test = await testDatabase();
  await ensureAuditPartitions(test.database, clock);
  const at = clock.now();
  await test.database.kysely
    .insertInto('instance.projects')
    .values({ id: 'home', name: 'home', origin: 'http://home.test', created_at: at, updated_at: at })
    .execute();
  db = test.database.forProject('home');
  const library = await loadLibrary();
  adapters = createAdapter({
    db,
    clock,
    library,
    hasClient: (clientID) => clientID !== 'removed',
    resumeAddress: (uid) => `http://home.test/resume/${uid}`,
  });
});
beforeEach(async () => {
  const loginIDs = [normalizeLoginID('email', `alice${count++}@example.com`)];
  const acting = { actor: { type: 'system' }, origin: {} } as const;
  alice = await db.transaction((tx) => insertUser(tx, { clock }, { loginIDs }, acting));
});
afterAll(() => test.stop());

/** One request; `proved` is whom it has seen proved at its beginning. */
const request = <T>(work: () => Promise<T>, proved?: User): Promise<T> =>
  inRequest(clock.now(), {}, async () => {
    if (proved) noteProof({ userID: proved.id, sessionEpoch: proved.sessionEpoch });
    return work();
  });

const revokeAll = () => db.transaction((tx) => revokeAllSessions(tx, { clock }, alice.id));
const of = (user: User) => ({ accountId: user.id, clientId: 'app' });

/** Every model that a user's rows are kept under, each with what it is written with. */
const MODELS = {
  Session: (user: User) => ({ ...of(user), uid: randomToken() }),
  Grant: of,
  AuthorizationCode: of,
  RefreshToken: of,
  AccessToken: of,
} as const;

const models = Object.entries(MODELS).map(([name, payload]) => ({ name, payload }));

/** Session writes are refused in silence, the others by an error. */
async function written(adapter: Adapter, id: string, payload: AdapterPayload): Promise<boolean> {
  try {
    await adapter.upsert(id, payload, HOUR);
    return !requestScope().sessionRefused;
  } catch {
    return false;
  }
}

describe.each(models)('$name', ({ name, payload }) => {
  it('is found as it was written', async () => {
    const [adapter, id, given] = [adapters(name), randomToken(), payload(alice)];
    await request(async () => expect(await written(adapter, id, { ...given, jti: id })).toBe(true), alice);
    await request(async () => expect(await adapter.find(id)).toMatchObject({ ...given, jti: id }));
  });

  it('is not written for a user whom the request has seen no proof of', async () => {
    const [adapter, id] = [adapters(name), randomToken()];
    await request(async () => expect(await written(adapter, id, payload(alice))).toBe(false));
    await request(async () => expect(await adapter.find(id)).toBeUndefined());
  });

  it('is not found after the epoch was raised', async () => {
    const [adapter, id] = [adapters(name), randomToken()];
    await request(() => adapter.upsert(id, payload(alice), HOUR) as Promise<void>, alice);
    await userStore(db).raiseSessionEpoch(alice.id);
    await request(async () => expect(await adapter.find(id)).toBeUndefined());
  });

  it('is not brought back by a request in flight: find, revoke, upsert', async () => {
    const [adapter, id, given] = [adapters(name), randomToken(), payload(alice)];
    await request(() => adapter.upsert(id, given, HOUR) as Promise<void>, alice);
    await request(async () => {
      expect(await adapter.find(id)).toBeDefined();
      await revokeAll();
      expect(await written(adapter, id, given)).toBe(false);
      expect(await written(adapter, randomToken(), { ...given, uid: randomToken() })).toBe(false);
    }, alice);
    await request(async () => expect(await adapter.find(id)).toBeUndefined());
  });

  it('is not made again under an id that was destroyed', async () => {
    const [adapter, id, given] = [adapters(name), randomToken(), payload(alice)];
    await request(async () => {
      await adapter.upsert(id, given, HOUR);
      await adapter.destroy(id);
      expect(await adapter.find(id)).toBeUndefined();
      expect(await written(adapter, id, given)).toBe(false);
      expect(await adapter.find(id)).toBeUndefined();
    }, alice);
  });

  it('ends when its time is up', async () => {
    const [adapter, id] = [adapters(name), randomToken()];
    await request(() => adapter.upsert(id, payload(alice), HOUR) as Promise<void>, alice);
    clock.advance(HOUR * 1_000 - 1);
    await request(async () => expect(await adapter.find(id)).toBeDefined());
    clock.advance(1);
    await request(async () => expect(await adapter.find(id)).toBeUndefined());
  });
});

describe('a token', () => {
  it('falls with the grant it came from, also when it is written after the grant was revoked', async () => {
    const [grants, tokens] = [adapters('Grant'), adapters('AccessToken')];
    const [grant, before, after] = [randomToken(), randomToken(), randomToken()];
    await request(async () => {
      await grants.upsert(grant, of(alice), HOUR);
      await tokens.upsert(before, { ...of(alice), grantId: grant }, HOUR);
      await grants.destroy(grant);
      await tokens.upsert(after, { ...of(alice), grantId: grant }, HOUR);
      expect(await tokens.find(before)).toBeUndefined();
      expect(await tokens.find(after)).toBeUndefined();
    }, alice);
  });

  it('is worth nothing under a grant that does not exist', async () => {
    const [tokens, id] = [adapters('RefreshToken'), randomToken()];
    await request(async () => {
      await tokens.upsert(id, { ...of(alice), grantId: 'made-up' }, HOUR);
      expect(await tokens.find(id)).toBeUndefined();
    }, alice);
  });

  it('is used up once, and whoever comes too late is told by an error', async () => {
    const [codes, id] = [adapters('AuthorizationCode'), randomToken()];
    await request(() => codes.upsert(id, of(alice), HOUR) as Promise<void>, alice);
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, () => request(async () => codes.consume(id))),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const loser = settled.find((one) => one.status === 'rejected');
    expect(loser?.reason).toMatchObject({ error: 'invalid_grant' });
  });

  it('shows as used up to a request that began after that, and not to one that was under way', async () => {
    const [codes, id] = [adapters('AuthorizationCode'), randomToken()];
    await request(() => codes.upsert(id, of(alice), HOUR) as Promise<void>, alice);
    await request(async () => {
      clock.advance(5);
      await request(async () => codes.consume(id));
      expect(await codes.find(id)).not.toHaveProperty('consumed');
    });
    await request(async () => expect(await codes.find(id)).toMatchObject({ consumed: true }));
  });

  it('carries the epoch under which its request set out, not a newer one', async () => {
    const [codes, tokens, id] = [adapters('AuthorizationCode'), adapters('AccessToken'), randomToken()];
    await request(() => codes.upsert(id, of(alice), HOUR) as Promise<void>, alice);
    await request(async () => {
      await codes.find(id);
      await revokeAll();
      noteProof({ userID: alice.id, sessionEpoch: alice.sessionEpoch + 1 });
      await expect(tokens.upsert(randomToken(), of(alice), HOUR)).rejects.toMatchObject({
        error: 'invalid_grant',
      });
    });
  });
});

describe('a session', () => {
  it('keeps the apps that two requests signed in to at the same moment', async () => {
    const [sessions, id, uid] = [adapters('Session'), randomToken(), randomToken()];
    const base = { accountId: alice.id, uid };
    const app = (name: string) => ({ [name]: { sid: name } });
    await request(
      () => sessions.upsert(id, { ...base, authorizations: app('first') }, HOUR) as Promise<void>,
      alice,
    );
    await request(async () => {
      await sessions.find(id);
      await request(async () => {
        await sessions.find(id);
        await sessions.upsert(id, { ...base, authorizations: { ...app('first'), ...app('second') } }, HOUR);
      });
      await sessions.upsert(id, { ...base, authorizations: { ...app('first'), ...app('third') } }, HOUR);
    });
    await request(async () => {
      const found = await sessions.find(id);
      expect(Object.keys(found?.authorizations ?? {}).sort()).toEqual(['first', 'second', 'third']);
    });
  });

  it('loses an app that a request took out, and no other', async () => {
    const [sessions, id, uid] = [adapters('Session'), randomToken(), randomToken()];
    const both = { one: { sid: '1' }, two: { sid: '2' } };
    await request(
      () => sessions.upsert(id, { accountId: alice.id, uid, authorizations: both }, HOUR) as Promise<void>,
      alice,
    );
    await request(async () => {
      await sessions.find(id);
      await sessions.upsert(id, { accountId: alice.id, uid, authorizations: { two: { sid: '2' } } }, HOUR);
      expect((await sessions.find(id))?.authorizations).toEqual({ two: { sid: '2' } });
    });
  });
});

describe('a login under way', () => {
  const login = (user: User) => ({
    accountId: user.id,
    sessionEpoch: user.sessionEpoch,
    passwordVersion: user.passwordVersion,
  });

  it('keeps nothing that opens something', async () => {
    const [interactions, id] = [adapters('Interaction'), randomToken()];
    const payload = {
      jti: id,
      returnTo: `http://home.test/resume/${id}`,
      session: { accountId: alice.id, uid: 'uid', cookie: 'the-cookie' },
      params: { client_id: 'app', id_token_hint: 'the-hint' },
      prompt: { name: 'login', reasons: [], details: { id_token_hint: 'the-hint', login_hint: 'alice' } },
    };
    await request(() => interactions.upsert(id, payload, HOUR) as Promise<void>);
    const { payload: kept } = await db.kysely
      .selectFrom('oidc_artifacts')
      .select('payload')
      .where('project_id', '=', 'home')
      .where('model', '=', 'Interaction')
      .executeTakeFirstOrThrow();
    expect(kept).toEqual({
      params: { client_id: 'app' },
      prompt: { name: 'login', reasons: [], details: { login_hint: 'alice' } },
    });
    await request(async () => {
      expect(await interactions.find(id)).toMatchObject({ jti: id, returnTo: payload.returnTo });
    });
  });

  it.each([
    ['a newer password', () => userStore(db).raisePasswordVersion(alice.id)],
    ['a raised epoch', () => userStore(db).raiseSessionEpoch(alice.id)],
  ])('is sent back to its start by %s, and proves nothing any more', async (_what, overtake) => {
    const [interactions, id] = [adapters('Interaction'), randomToken()];
    const finished = { params: {}, result: { login: login(alice) } };
    await request(() => interactions.upsert(id, finished, HOUR) as Promise<void>);
    await request(async () => {
      expect(await interactions.find(id)).toMatchObject(finished);
      expect(requestScope().epochs.get(alice.id)).toBe(alice.sessionEpoch);
    });
    await overtake();
    await request(async () => {
      expect(await interactions.find(id)).not.toHaveProperty('result');
      expect(requestScope().epochs.size).toBe(0);
    });
  });

  it('is never finished without the state of the account that was proved', async () => {
    const bare = { params: {}, result: { login: { accountId: alice.id } } };
    await expect(
      request(() => adapters('Interaction').upsert('x', bare, HOUR) as Promise<void>),
    ).rejects.toThrow(/names the session epoch/);
  });
});

describe('what this server has no use for', () => {
  it('is refused loudly', () => {
    expect(() => adapters('Grant').findByUserCode('x')).toThrow(/no use for: findByUserCode/);
  });
});
