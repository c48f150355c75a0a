import type { JSONWebKeySet } from 'jose';
import { sql } from 'kysely';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type LogoutReceiver,
  startLogoutReceiver,
  verifyLogoutToken,
} from '../../../../tests/support/logout-receiver.ts';
import {
  type Browser,
  browserOf,
  detailOf,
  type OidcServer,
  oidcServer,
  type TestApp,
  testApp,
} from '../../../../tests/support/oidc.ts';
import { createJobRunner, type JobRunner } from '../../platform/jobs/index.ts';
import { createLog } from '../../platform/log.ts';
import { endSession, listSessions, revokeAllSessions } from '../../sessions/index.ts';
import type { User } from '../../users/index.ts';
import { createLogoutTasks } from '../index.ts';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;
const GOODBYE = 'https://app.example/goodbye';

let server: OidcServer;
let receiver: LogoutReceiver;
let runner: JobRunner;
let first: TestApp;
let second: TestApp;
/** It has no address to be told at. */
let deaf: TestApp;
let origin: string;
let keys: JSONWebKeySet;
let alice: User;
let count = 0;

beforeAll(async () => {
  server = await oidcServer();
  receiver = await startLogoutReceiver();
  const app = (name: string) =>
    testApp(server, {
      type: 'web',
      name,
      postLogoutRedirectURIs: [GOODBYE],
      backchannelLogoutURI: receiver.at(`/${name}`),
    });
  [first, second] = [await app('first'), await app('second')];
  deaf = await testApp(server, { type: 'web' });
  origin = (await server.project()).origin;
  keys = (await (await server.fetch(`${origin}/oauth2/jwks`)).json()) as JSONWebKeySet;
  runner = createJobRunner({
    url: server.url,
    database: server.database,
    clock: server.clock,
    log: createLog({ level: 'info' }, { write: (line) => void server.log.push(line) }),
    tasks: createLogoutTasks(server),
    alone: true,
  });
  await runner.start();
});
beforeEach(async () => {
  alice = await server.createUser(`alice${count++}@example.com`);
  receiver.told.length = 0;
});
afterAll(async () => {
  await runner?.stop();
  await receiver?.stop();
  await server?.stop();
});

const openJobs = async (): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from graphile_worker.jobs where task_identifier like '%logout'
      or task_identifier = 'sessions_ended'`.execute(server.database.kysely);
  return rows[0]?.count ?? 0;
};

/** Waits until everybody is told, and returns what they were told: path, and claims as the app verified them. */
async function told() {
  await expect.poll(openJobs, { timeout: 20_000 }).toBe(0);
  const verified = receiver.told.map(async ({ path, token }) => {
    const app = path === '/first' ? first : second;
    const given = { keys, issuer: origin, clientID: app.clientID, now: server.clock.now() };
    return { path, claims: await verifyLogoutToken(token, given) };
  });
  return Promise.all(verified);
}

/** Signs Alice in to all apps in one browser. */
async function browse() {
  const browser = browserOf(server, origin);
  const tokens = {
    first: await first.signIn(alice, {}, browser),
    second: await second.signIn(alice, {}, browser),
    deaf: await deaf.signIn(alice, {}, browser),
  };
  const sids = [tokens.first.claims()?.sid, tokens.second.claims()?.sid];
  return { browser, tokens, sids };
}

const sidsOf = (all: { claims: { sid: string } }[]) => all.map(({ claims }) => claims.sid).sort();
const sessions = () => listSessions(server.db(), server.clock, alice.id);

/** Logs out as the first app asks for it: of that app alone, unless the answer says of everything. */
async function leave(browser: Browser, hint = '', answer: Record<string, string> = {}) {
  const address = client.buildEndSessionUrl(first.config, {
    id_token_hint: hint,
    post_logout_redirect_uri: GOODBYE,
  });
  const { text } = await browser.open(address);
  const { action, fields } = detailOf<{ action: string; fields: Record<string, string> }>(text);
  return browser.open(action, { method: 'POST', body: new URLSearchParams({ ...fields, ...answer }) });
}

describe('an app with an address', () => {
  it('is given the name of its part of the session in the ID token; one without has no use for it', async () => {
    const { sids, tokens } = await browse();
    expect(new Set(sids).size).toBe(2);
    expect(sids).toEqual([expect.stringMatching(/^.{20,}$/), expect.stringMatching(/^.{20,}$/)]);
    expect(tokens.deaf.claims()?.sid).toBeUndefined();
  });

  it('is given the same name in two tabs that sign in at the same moment, and another after it left', async () => {
    const browser = browserOf(server, origin);
    await deaf.signIn(alice, {}, browser);
    const both = await Promise.all([1, 2].map(() => first.signIn(alice, { scope: 'openid' }, browser)));
    const sids = new Set(both.map((tokens) => tokens.claims()?.sid));
    expect(sids.size).toBe(1);
    await leave(browser, both[0]?.id_token);
    expect(sidsOf(await told())).toEqual([...sids]);
    const again = await first.signIn(alice, { scope: 'openid' }, browser);
    expect(sids).not.toContain(again.claims()?.sid);
  });

  it('reads in the discovery document that it can be told', async () => {
    const response = await server.fetch(`${origin}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });

  it('is told by a signed token, in a form', async () => {
    const { sids } = await browse();
    await server.db().transaction((tx) => revokeAllSessions(tx, server, alice.id));
    const all = await told();
    expect(sidsOf(all)).toEqual(sids.toSorted());
    for (const { claims } of all) expect(claims.sub).toBe(alice.id);
    expect(receiver.told[0]?.contentType).toMatch(/^application\/x-www-form-urlencoded/);
    expect(new Set(all.map(({ claims }) => claims.jti)).size).toBe(2);
    expect(Number(all[0]?.claims.exp) - Number(all[0]?.claims.iat)).toBe(120);
  });

  it('is told of each session, where many end at once', async () => {
    const browsers = [await browse(), await browse(), await browse()];
    await server.db().transaction((tx) => revokeAllSessions(tx, server, alice.id));
    const all = await told();
    expect(all).toHaveLength(6);
    expect(sidsOf(all)).toEqual(browsers.flatMap(({ sids }) => sids).sort());
  });

  it('is told of the one that ended, and of no other', async () => {
    const [, ended] = [await browse(), await browse()];
    const [latest] = await sessions();
    await endSession(server.db(), server, { uid: latest?.uid ?? '' }, {});
    expect(sidsOf(await told())).toEqual(ended.sids.toSorted());
  });

  it('is told of a logout that an app asked for, while the browser does not wait for it', async () => {
    const { browser, tokens, sids } = await browse();
    receiver.answer({ status: 503 }, { status: 503 });
    const { left } = await leave(browser, tokens.first.id_token, { logout: 'yes' });
    expect(left?.href).toBe(GOODBYE);
    expect(await sessions()).toEqual([]);
    const all = await told();
    // Each was told again, after it had not taken the first one.
    expect(sidsOf(all)).toEqual([...sids, ...sids].sort());
  });

  it('is told alone where only that app was left', async () => {
    const { browser, tokens, sids } = await browse();
    await leave(browser, tokens.first.id_token);
    expect(await sessions()).toMatchObject([{ clientIDs: expect.not.arrayContaining([first.clientID]) }]);
    expect(sidsOf(await told())).toEqual([sids[0]]);
  });

  it('is told when its user signs out here, or somebody else signs in in the same browser', async () => {
    const out = await browse();
    await out.browser.open('/sign-out');
    expect(sidsOf(await told())).toEqual(out.sids.toSorted());

    receiver.told.length = 0;
    const { browser, sids } = await browse();
    const bob = await server.createUser(`bob${count++}@example.com`);
    const { end } = await deaf.begin({ prompt: 'login' }, browser);
    await browser.open(`${end.url.pathname}?user=${bob.id}`);
    expect(sidsOf(await told())).toEqual(sids.toSorted());
  });

  it('is told where the user is no more, for the job needs nothing of theirs', async () => {
    const { sids } = await browse();
    await server.db().transaction(async (tx) => {
      await revokeAllSessions(tx, server, alice.id);
      await tx.kysely
        .deleteFrom('users')
        .where('project_id', '=', 'home')
        .where('id', '=', alice.id)
        .execute();
    });
    expect(sidsOf(await told())).toEqual(sids.toSorted());
  });

  it('is not told of what was not committed', async () => {
    await browse();
    const undone = server.db().transaction(async (tx) => {
      await revokeAllSessions(tx, server, alice.id);
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow();
    expect(await told()).toEqual([]);
    expect(await sessions()).toHaveLength(1);
  });
});

describe('what stands in the queue', () => {
  it('is ids, and nothing that opens anything', async () => {
    await runner.stop();
    const { browser, tokens, sids } = await browse();
    await server.db().transaction((tx) => revokeAllSessions(tx, server, alice.id));
    const { rows } = await sql<{ payload: { parts: unknown[] } }>`
      select payload from graphile_worker._private_jobs`.execute(server.database.kysely);
    expect(rows).toEqual([
      {
        payload: {
          projectID: 'home',
          userID: alice.id,
          parts: expect.arrayContaining([
            { clientID: first.clientID, sid: sids[0] },
            { clientID: second.clientID, sid: sids[1] },
          ]),
        },
      },
    ]);
    const text = JSON.stringify(rows);
    expect(text).not.toContain(browser.cookies.get('latchkey_session')?.value);
    expect(text).not.toContain(tokens.first.access_token);
    runner = createJobRunner({
      url: server.url,
      database: server.database,
      clock: server.clock,
      log: createLog({ level: 'info' }, { write: (line) => void server.log.push(line) }),
      tasks: createLogoutTasks(server),
      alone: true,
    });
    await runner.start();
    expect(await told()).toHaveLength(2);
  });
});

describe('an address', () => {
  const [ENDED, DELIVER] = ['sessions_ended', 'deliver_logout'];
  const part = () => ({ projectID: 'home', userID: alice.id, clientID: first.clientID, sid: 'some-sid' });
  const run = (task: string, payload: Record<string, unknown>) =>
    createLogoutTasks(server)[task]?.(payload as never, { id: '1' });

  it('that redirects is not followed, and is asked again', async () => {
    receiver.answer({ status: 307, headers: { location: receiver.at('/elsewhere') } });
    await expect(run(DELIVER, part())).rejects.toThrow(/did not take a logout token: it answered 307/);
    expect(receiver.told.map(({ path }) => path)).toEqual(['/first']);
  });

  it.each([400, 500, 503])('that answers %s is asked again', async (status) => {
    receiver.answer({ status });
    await expect(run(DELIVER, part())).rejects.toThrow(`it answered ${status}`);
    await run(DELIVER, part());
    const [once, again] = await told();
    expect(again?.claims.sid).toBe(once?.claims.sid);
    expect(again?.claims.jti).not.toBe(once?.claims.jti);
  });

  it('that nobody answers at is asked again, and is not written to the log', async () => {
    const secret = 'a-secret-in-the-address';
    const gone = await testApp(server, {
      type: 'web',
      backchannelLogoutURI: `http://127.0.0.1:1/ended?key=${secret}`,
    });
    const delivery = run(DELIVER, { ...part(), clientID: gone.clientID });
    await expect(delivery).rejects.toThrow(gone.clientID);
    await expect(delivery).rejects.not.toThrow(secret);
  });

  it('that is gone by then, like its app or its project, is nobody’s', async () => {
    const clients = server.processes[0].clients(await server.project());
    const app = await testApp(server, { type: 'web', backchannelLogoutURI: receiver.at('/first') });
    const gone = { ...part(), clientID: app.clientID };
    await clients.update(app.clientID, { backchannelLogoutURI: null }, ACTING);
    await run(DELIVER, gone);
    await clients.remove(app.clientID, ACTING);
    await run(DELIVER, gone);
    await run(DELIVER, { ...gone, projectID: 'none' });
    expect(receiver.told).toEqual([]);
  });

  it('of an app of this project is not told of another project’s sessions', async () => {
    await run(ENDED, {
      projectID: 'shop',
      userID: alice.id,
      parts: [{ clientID: first.clientID, sid: 'some-sid' }],
    });
    await run(DELIVER, { ...part(), projectID: 'shop' });
    expect(await told()).toEqual([]);
  });
});
