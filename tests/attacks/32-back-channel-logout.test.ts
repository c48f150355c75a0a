import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type CodeClient, codeClient, type TokenSet } from '../support/code-client.ts';
import { type LogoutReceiver, startLogoutReceiver, verifyLogoutToken } from '../support/logout-receiver.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';

/*
 * 32 Keycloak #32124: back-channel logout named one session of many. Somebody who is signed in in three browsers
 * with two apps is signed out of all of it, by whatever ends it, and each app is told of each.
 */

let stage: Stage;
let receiver: LogoutReceiver;
let apps: [CodeClient, CodeClient];
let keys: JSONWebKeySet;
let users = 0;

beforeAll(async () => {
  stage = await startStage();
  receiver = await startLogoutReceiver();
  apps = await Promise.all([
    codeClient(stage.server, 'One', receiver.at('/one')),
    codeClient(stage.server, 'Other', receiver.at('/other')),
  ]);
  keys = (await (await fetch(`${stage.server.origin}/oauth2/jwks`)).json()) as JSONWebKeySet;
});
beforeEach(() => {
  receiver.told.length = 0;
});
afterAll(async () => {
  await stage?.stop();
  await receiver?.stop();
});

const sidIn = ({ id_token: idToken }: TokenSet): string =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()).sid;

/** Signs a new user in to both apps in three browsers; returns the sids the apps know each by. */
async function everywhere(): Promise<{ user: StageUser; sids: string[] }> {
  users += 1;
  const user = await stage.addUser(`told-${users}@example.com`);
  const [one, other] = apps;
  const sids: string[] = [];
  for (const browser of await Promise.all([1, 2, 3].map(() => stage.visitor()))) {
    const first = await one.signIn(browser, user.loginID, user.password);
    const second = await other.redeem(other.codeFrom(await browser.open(other.address())));
    sids.push(sidIn(first), sidIn(second.json() as TokenSet));
  }
  expect(new Set(sids).size).toBe(6);
  return { user, sids };
}

/** Waits for as many tokens, and returns the sids in them, each verified as its app would. */
async function toldSids(user: StageUser, count: number): Promise<string[]> {
  await expect.poll(() => receiver.told.length, { timeout: 30_000 }).toBe(count);
  const sids = receiver.told.map(async ({ path, token }) => {
    const { clientID } = apps[path === '/one' ? 0 : 1];
    const claims = await verifyLogoutToken(token, { keys, issuer: stage.server.origin, clientID });
    expect(claims.sub).toBe(user.uuid);
    return claims.sid;
  });
  return (await Promise.all(sids)).sort();
}

it.each<[string, (user: StageUser) => Promise<unknown>]>([
  ['an operator’s reset', ({ id }) => stage.admin.mutate('resetPassword', { userID: id }, 'user { id }')],
  [
    'a reset on the command line',
    ({ loginID }) =>
      stage.server.json(['users', 'reset-password', loginID, '--password-stdin'], STAGE_PASSWORD),
  ],
  [
    'the end of all sessions over the Admin API',
    ({ id }) => stage.admin.mutate('revokeAllSessions', { userID: id }, 'user { id }'),
  ],
])('%s tells each app of each session', async (_how, act) => {
  const { user, sids } = await everywhere();
  await act(user);
  expect(await toldSids(user, 6)).toEqual(sids.sort());
});

it('a reset that keeps the sessions tells nobody', async () => {
  const { user, sids } = await everywhere();
  await stage.admin.mutate('resetPassword', { userID: user.id, revokeSessions: false }, 'user { id }');
  // What is told next is of this, and nothing was told before it.
  await stage.admin.mutate('revokeAllSessions', { userID: user.id }, 'user { id }');
  expect(await toldSids(user, 6)).toEqual(sids.sort());
});

it('an app that does not take it is told again, and the others do not wait for it', async () => {
  const { user, sids } = await everywhere();
  receiver.answer({ status: 500 });
  await stage.admin.mutate('resetPassword', { userID: user.id }, 'user { id }');
  const all = await toldSids(user, 7);
  expect([...new Set(all)]).toEqual(sids.sort());
});
