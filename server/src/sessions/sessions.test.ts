import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { ensureAuditPartitions, listAudit } from '../audit/index.ts';
import { manualClock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { randomToken, sha256 } from '../platform/ids.ts';
import { insertUser, normalizeLoginID, type User, userStore } from '../users/index.ts';
import {
  endSession,
  listSessions,
  type PortalSession,
  portalSessionStore,
  revokeAllSessions,
  type SessionWrite,
  sessionStore,
} from './index.ts';

const clock = manualClock();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let test: TestDatabase;
let db: ProjectDb;
let other: ProjectDb;
let alice: User;
let count = 0;

const createUser = (where: ProjectDb): Promise<User> => {
  const loginIDs = [normalizeLoginID('email', `alice${count++}@example.com`)];
  const acting = { actor: { type: 'system' }, origin: {} } as const;
  return where.transaction((tx) => insertUser(tx, { clock }, { loginIDs }, acting));
};

beforeAll(async () => {
  test = await testDatabase();
  await ensureAuditPartitions(test.database, clock);
  for (const id of ['home', 'shop']) await insertProject(test.database, id);
  db = test.database.forProject('home');
  other = test.database.forProject('shop');
});
beforeEach(async () => {
  alice = await createUser(db);
});
afterAll(() => test.stop());

const later = (ms: number): Date => new Date(clock.now().getTime() + ms);

/** A session of Alice as a login would write it, with what a test changes. */
const sessionOf = (user: User, more: Partial<SessionWrite> = {}): SessionWrite => ({
  uid: randomToken(),
  idHash: sha256(randomToken()),
  user: { userID: user.id, sessionEpoch: user.sessionEpoch },
  payload: { amr: ['pwd'], authorizations: { app: { sid: '1' } } },
  expiresAt: later(HOUR),
  ipAddress: '192.0.2.1',
  userAgent: 'Firefox',
  ...more,
});

const save = (session: SessionWrite, where = db) => sessionStore(where).save(session, clock.now());
const find = (session: SessionWrite, where = db) => sessionStore(where).find(session.idHash, clock.now());

describe('a session', () => {
  it('is found by the cookie and by its name, with whose it is', async () => {
    const session = sessionOf(alice);
    expect(await save(session)).toBe(true);
    const { uid, user, payload } = session;
    expect(await find(session)).toEqual({ uid, user, payload });
    expect(await sessionStore(db).findStored(uid, clock.now())).toEqual({ uid, user, payload });
    expect(await sessionStore(db).findByUID(uid, clock.now())).toEqual({
      uid,
      userID: alice.id,
      sessionEpoch: 0,
      acr: undefined,
      amr: ['pwd'],
      clientIDs: ['app'],
      createdAt: clock.now(),
      updatedAt: clock.now(),
      lastAccessedAt: clock.now(),
      createdIP: '192.0.2.1',
      lastIP: '192.0.2.1',
      userAgent: 'Firefox',
    });
  });

  it('of nobody is kept, but is no signed-in session', async () => {
    const session = sessionOf(alice, { user: undefined });
    expect(await save(session)).toBe(true);
    expect((await find(session))?.user).toBeUndefined();
    expect(await sessionStore(db).findByUID(session.uid, clock.now())).toBeUndefined();
  });

  it('keeps where it began while it notes where it was used last', async () => {
    const session = sessionOf(alice);
    await save(session);
    clock.advance(MINUTE);
    await save({ ...session, ipAddress: '198.51.100.9', userAgent: 'Chrome' });
    expect(await sessionStore(db).findByUID(session.uid, clock.now())).toMatchObject({
      createdIP: '192.0.2.1',
      lastIP: '198.51.100.9',
      userAgent: 'Chrome',
      lastAccessedAt: clock.now(),
    });
  });

  it('notes a use at most once a minute', async () => {
    const session = sessionOf(alice);
    await save(session);
    const begun = clock.now();
    clock.advance(MINUTE);
    await sessionStore(db).touch(session.uid, clock.now(), '198.51.100.9');
    expect(await sessionStore(db).findByUID(session.uid, clock.now())).toMatchObject({
      lastAccessedAt: begun,
    });
    clock.advance(1);
    await sessionStore(db).touch(session.uid, clock.now(), '198.51.100.9');
    expect(await sessionStore(db).findByUID(session.uid, clock.now())).toMatchObject({
      lastAccessedAt: clock.now(),
      lastIP: '198.51.100.9',
    });
  });

  it('ends when its time is up, and cannot be prolonged after that', async () => {
    const session = sessionOf(alice);
    await save(session);
    clock.advance(HOUR - 1);
    expect(await find(session)).toBeDefined();
    clock.advance(1);
    expect(await find(session)).toBeUndefined();
    expect(await save({ ...session, expiresAt: later(HOUR) })).toBe(false);
  });

  it('gets another id, under which alone it is found', async () => {
    const session = sessionOf(alice);
    await save(session);
    const renamed = { ...session, idHash: sha256('new'), formerIDHash: session.idHash };
    expect(await save(renamed)).toBe(true);
    expect(await find(session)).toBeUndefined();
    expect((await find(renamed))?.uid).toBe(session.uid);
    // A request that still holds the former id is too late.
    expect(await save(session)).toBe(false);
    expect(await find(session)).toBeUndefined();
  });

  it('cannot be taken over by who knows its name but not its id', async () => {
    const session = sessionOf(alice);
    await save(session);
    const mallory = await createUser(db);
    const forged = sessionOf(mallory, { uid: session.uid });
    expect(await save(forged)).toBe(false);
    expect((await find(session))?.user?.userID).toBe(alice.id);
  });

  it('is not made under an epoch that is not the present one', async () => {
    await userStore(db).raiseSessionEpoch(alice.id);
    expect(await save(sessionOf(alice))).toBe(false);
    expect(await save(sessionOf(alice, { user: { userID: alice.id, sessionEpoch: 2 } }))).toBe(false);
    expect(await save(sessionOf(alice, { user: { userID: alice.id, sessionEpoch: 1 } }))).toBe(true);
  });
});

describe("a user's sessions", () => {
  it('are listed with the last used first, and without those that ended', async () => {
    const [first, second, ended] = [sessionOf(alice), sessionOf(alice), sessionOf(alice)];
    await save(first);
    clock.advance(1_000);
    await save(second);
    await save(ended);
    await endSession(db, { clock }, { uid: ended.uid }, {});
    const listed = await listSessions(db, clock, alice.id);
    expect(listed.map(({ uid }) => uid)).toEqual([second.uid, first.uid]);
  });

  it('all end when they are revoked, and stay ended for a request in flight', async () => {
    const [one, two] = [sessionOf(alice), sessionOf(alice)];
    await save(one);
    await save(two);
    await db.transaction((tx) => revokeAllSessions(tx, { clock }, alice.id));
    expect(await listSessions(db, clock, alice.id)).toEqual([]);
    const raised = { userID: alice.id, sessionEpoch: 1 };
    for (const session of [one, two]) {
      expect(await save(session)).toBe(false);
      expect(await save({ ...session, user: raised })).toBe(false);
    }
    expect(await save(sessionOf(alice, { user: raised }))).toBe(true);
  });

  it('are left alone when the transaction that revokes them fails', async () => {
    const session = sessionOf(alice);
    await save(session);
    const failing = db.transaction(async (tx) => {
      await revokeAllSessions(tx, { clock }, alice.id);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await find(session)).toBeDefined();
  });
});

describe('signing out', () => {
  it('ends one session for good, and is recorded with it', async () => {
    const [session, kept] = [sessionOf(alice), sessionOf(alice)];
    await save(session);
    await save(kept);
    expect(await endSession(db, { clock }, { idHash: session.idHash }, { ipAddress: '192.0.2.5' })).toBe(
      true,
    );
    expect(await find(session)).toBeUndefined();
    expect(await find(kept)).toBeDefined();
    expect(await save(session)).toBe(false);
    const { items } = await listAudit(
      db,
      { userIDs: [alice.id], activityTypes: ['USER_SIGNED_OUT'] },
      { limit: 9 },
    );
    expect(items).toMatchObject([{ ipAddress: '192.0.2.5', actor: { type: 'user', userID: alice.id } }]);
  });

  it('of a session that ended before says so, and records nothing', async () => {
    const session = sessionOf(alice);
    await save(session);
    await endSession(db, { clock }, { uid: session.uid }, {});
    expect(await endSession(db, { clock }, { uid: session.uid }, {})).toBe(false);
    expect(await endSession(db, { clock }, { uid: 'none' }, {})).toBe(false);
    const { items } = await listAudit(
      db,
      { userIDs: [alice.id], activityTypes: ['USER_SIGNED_OUT'] },
      { limit: 9 },
    );
    expect(items).toHaveLength(1);
  });
});

describe('a session of the portal', () => {
  const portal = (where = db) => portalSessionStore(where);
  const portalOf = ({ uid, user }: SessionWrite, more: Partial<PortalSession> = {}): PortalSession => ({
    sessionUID: uid,
    userID: user?.userID ?? '',
    sessionEpoch: user?.sessionEpoch ?? 0,
    passwordProvedAt: clock.now(),
    expiresAt: later(HOUR),
    ...more,
  });
  let session: SessionWrite;
  let idHash: Buffer;

  beforeEach(async () => {
    session = sessionOf(alice, { expiresAt: later(2 * HOUR) });
    idHash = sha256(randomToken());
    await save(session);
  });

  it('is found as it was written, until its own time is up', async () => {
    const written = portalOf(session);
    expect(await portal().insert(idHash, written, clock.now())).toBe(true);
    expect(await portal().find(idHash, clock.now())).toEqual(written);
    clock.advance(HOUR);
    expect(await portal().find(idHash, clock.now())).toBeUndefined();
  });

  it.each([
    ['signed out of', () => endSession(db, { clock }, { uid: session.uid }, {})],
    ['revoked', () => db.transaction((tx) => revokeAllSessions(tx, { clock }, alice.id))],
    ['of an older epoch', () => userStore(db).raiseSessionEpoch(alice.id)],
    ['expired', async () => clock.advance(2 * HOUR)],
  ])('ends with the login session behind it: %s', async (_what, end) => {
    await portal().insert(idHash, portalOf(session, { expiresAt: later(9 * HOUR) }), clock.now());
    await end();
    expect(await portal().find(idHash, clock.now())).toBeUndefined();
    expect(await portal().insert(sha256('again'), portalOf(session), clock.now())).toBe(false);
  });

  it("is not made from a session of somebody else's, or of none", async () => {
    const mallory = await createUser(db);
    for (const wrong of [{ userID: mallory.id }, { sessionEpoch: 1 }, { sessionUID: 'none' }]) {
      expect(await portal().insert(idHash, portalOf(session, wrong), clock.now())).toBe(false);
    }
  });

  it('does not pass on to another user who signs in in the same login session', async () => {
    await portal().insert(idHash, portalOf(session), clock.now());
    const mallory = await createUser(db);
    await save({ ...session, user: { userID: mallory.id, sessionEpoch: 0 } });
    expect(await portal().find(idHash, clock.now())).toBeUndefined();
  });

  it('notes when the password was proved again', async () => {
    await portal().insert(idHash, portalOf(session), clock.now());
    clock.advance(MINUTE);
    await portal().passwordProved(idHash, clock.now());
    expect((await portal().find(idHash, clock.now()))?.passwordProvedAt).toEqual(clock.now());
  });

  it('can be removed', async () => {
    await portal().insert(idHash, portalOf(session), clock.now());
    await portal().remove(idHash);
    expect(await portal().find(idHash, clock.now())).toBeUndefined();
  });

  it('ends where the session it came from gets another id', async () => {
    await portal().insert(idHash, portalOf(session), clock.now());
    const renewed = sha256('renewed');
    expect(await sessionStore(db).renew(session.idHash, renewed, clock.now())).toEqual(session.expiresAt);
    expect(await portal().find(idHash, clock.now())).toBeUndefined();
    expect((await sessionStore(db).find(renewed, clock.now()))?.uid).toBe(session.uid);
    expect(await sessionStore(db).find(session.idHash, clock.now())).toBeUndefined();
  });

  it('is unknown in another project', async () => {
    await portal().insert(idHash, portalOf(session), clock.now());
    expect(await portal(other).find(idHash, clock.now())).toBeUndefined();
    await portal(other).remove(idHash);
    await portal(other).passwordProved(idHash, later(HOUR));
    await portal(other).removeExpired(later(9 * HOUR));
    expect(await portal(other).insert(sha256('theirs'), portalOf(session), clock.now())).toBe(false);
    expect(await portal().find(idHash, clock.now())).toEqual(portalOf(session));
  });
});

describe('another project', () => {
  it('sees and changes no session of this one', async () => {
    const session = sessionOf(alice);
    await save(session);
    const there = sessionStore(other);
    const now = clock.now();
    expect(await there.find(session.idHash, now)).toBeUndefined();
    expect(await there.findStored(session.uid, now)).toBeUndefined();
    expect(await there.findByUID(session.uid, now)).toBeUndefined();
    expect(await there.list(alice.id, now)).toEqual([]);
    expect(await there.save(session, now)).toBe(false);
    expect(await there.revoke({ uid: session.uid }, now)).toBeUndefined();
    expect(await there.renew(session.idHash, sha256('theirs'), now)).toBeUndefined();
    await there.revokeAllOf(alice.id, now);
    await there.touch(session.uid, later(HOUR), '203.0.113.1');
    await there.removeExpired(later(9 * HOUR));
    expect(await find(session)).toBeDefined();
    expect(await listSessions(db, clock, alice.id)).toMatchObject([
      { lastIP: '192.0.2.1', lastAccessedAt: now },
    ]);
  });
});
