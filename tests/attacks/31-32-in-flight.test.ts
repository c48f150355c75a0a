import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp, type Tokens } from '../support/app.ts';
import { type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { Visitor } from '../support/visitor.ts';

/** More statements than any of these requests makes. */
const MOST_STATEMENTS = 60;
const PATIENCE_MS = 240_000;

let stage: Stage;
let app: TestApp;
let user: StageUser;
let people = 0;
let resets = 0;

beforeAll(async () => {
  stage = await startStage();
  app = await startApp(stage.server);
});
afterAll(async () => {
  await app?.stop();
  await stage?.stop();
});
beforeEach(async () => {
  people += 1;
  user = await stage.addUser(`user-${people}@example.com`);
});

/** Somebody who is signed in to the app, with what the app got of it. */
async function signIn(): Promise<{ someone: Visitor; tokens: Tokens }> {
  await stage.db.query('delete from instance.rate_limits');
  const someone = await stage.visitor();
  const page = await someone.signIn(await someone.open(app.origin), user.loginID, user.password);
  expect(page.heading).toMatch(/^Hello/);
  return { someone, tokens: app.tokens() };
}

/** An operator gives the user another password, which ends all sessions. */
async function reset(): Promise<void> {
  resets += 1;
  user = { ...user, password: `plover hinge ${1_000 + resets}` };
  const input = { userID: user.id, password: user.password, revokeSessions: true };
  await stage.admin.mutate('resetPassword', input, 'user { id }');
}

/** Nothing that was given out before the reset, or in the middle of it, is good for anything. */
async function isOver(visitors: readonly Visitor[], tokens: readonly Tokens[]): Promise<void> {
  for (const visitor of visitors) expect((await stage.settings(visitor)).heading).toBe('Sign in');
  for (const each of tokens) {
    expect(await app.userinfo(each)).toBeUndefined();
    expect(await app.refreshes(each.refresh_token ?? '')).toBe(false);
  }
}

/** Who makes the request, and the password of that moment. */
interface Member {
  someone: Visitor;
  /** A browser in which nobody is signed in yet. */
  other: Visitor;
  tokens: Tokens;
  loginID: string;
  password: string;
}

/**
 * Stops a request of somebody who is signed in before each of its statements in turn, has the password reset in
 * between, lets it go on, and sees that all of it is over.
 * @returns before how many statements the request was stopped
 */
async function atEveryStep(request: (as: Member) => Promise<unknown>): Promise<number> {
  for (let number = 1; number <= MOST_STATEMENTS; number += 1) {
    const { someone, tokens } = await signIn();
    const other = await stage.visitor();
    const { loginID, password } = user;
    const wasReached = await stage.interrupt(
      number,
      () => request({ someone, other, tokens, loginID, password }),
      reset,
    );
    if (!wasReached) return number - 1;
    await isOver([someone, other], [tokens, app.tokens()]);
  }
  throw new Error('the request makes more statements than it is stopped before');
}

describe('31 Mastodon 12928, Authorizer 669; 32 Kratos #3513: what was in flight during a reset outlived it', () => {
  it('a refresh of tokens, stopped before each of its statements', { timeout: PATIENCE_MS }, async () => {
    const steps = await atEveryStep(({ tokens }) => app.refreshes(tokens.refresh_token ?? ''));
    expect(steps).toBeGreaterThan(5);
  });

  it('the page of the account, stopped before each of its statements', { timeout: PATIENCE_MS }, async () => {
    const steps = await atEveryStep(({ someone }) => stage.settings(someone));
    expect(steps).toBeGreaterThan(3);
  });

  it('another sign-in by the session, stopped before each of its statements', {
    timeout: PATIENCE_MS,
  }, async () => {
    const steps = await atEveryStep(({ someone }) => someone.open(app.origin));
    expect(steps).toBeGreaterThan(10);
  });

  it('a sign-in with the former password, stopped before each of its statements', {
    timeout: PATIENCE_MS,
  }, async () => {
    const steps = await atEveryStep(async ({ other, loginID, password }) =>
      other.signIn(await other.open(app.origin), loginID, password),
    );
    expect(steps).toBeGreaterThan(20);
  });
});
