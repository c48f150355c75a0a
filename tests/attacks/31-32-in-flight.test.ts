import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHasher } from '../../server/src/passwords/index.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import { type Database, openDatabase, type ProjectDb } from '../../server/src/platform/database/index.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { createSecrets } from '../../server/src/platform/secrets.ts';
import { createProjects } from '../../server/src/projects/index.ts';
import { type RecoveryDeps, redeemRecovery } from '../../server/src/recovery/index.ts';
import { startApp, type TestApp, type Tokens } from '../support/app.ts';
import { mailReader } from '../support/mail-reader.ts';
import { tokenIn } from '../support/recovery.ts';
import type { ArrivedMail } from '../support/smtp.ts';
import { STAGE_SECRET, type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { Visitor } from '../support/visitor.ts';

/** More statements than any of these requests makes. */
const MOST_STATEMENTS = 60;
const PATIENCE_MS = 240_000;

let stage: Stage;
let app: TestApp;
let user: StageUser;
let mailTo: (recipient: string) => Promise<ArrivedMail>;
/** A process of its own on the same database. */
let elsewhere: RecoveryDeps & { db: ProjectDb; database: Database };
let people = 0;
let resets = 0;

beforeAll(async () => {
  stage = await startStage();
  app = await startApp(stage.server);
  mailTo = mailReader(stage.mail);
  const database = openDatabase({ url: stage.databaseURL });
  const [clock, secrets] = [systemClock, createSecrets(STAGE_SECRET)];
  const projects = createProjects({ database, clock, secrets, config: { port: stage.server.port } });
  const rateLimits = createRateLimits({ clock, secrets });
  const project = await projects.get('home');
  const db = database.forProject('home');
  elsewhere = { database, db, clock, secrets, projects, project, rateLimits, hasher: createHasher() };
});
afterAll(async () => {
  await elsewhere?.database.close();
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

function chooseAnother(): string {
  resets += 1;
  user = { ...user, password: `plover hinge ${1_000 + resets}` };
  return user.password;
}

/** Gets everything ready for a new password, which the function it returns then sets. */
type Prepare = () => Promise<() => Promise<unknown>>;

/** An operator gives the user another password, which ends all sessions. */
const byOperator: Prepare = async () => () => {
  const input = { userID: user.id, password: chooseAnother(), revokeSessions: true };
  return stage.admin.mutate('resetPassword', input, 'user { id }');
};

/** The user sets one by the link that was mailed to them, in another process. */
const byLink: Prepare = async () => {
  const send = 'mutation ($loginID: ID!) { sendResetPasswordMessage(input: { loginID: $loginID }) }';
  const { errors } = await stage.admin.ask(send, { loginID: user.loginID });
  expect(errors).toBeUndefined();
  let token = '';
  // The notice of the reset before may arrive first.
  while (token === '') token = tokenIn(await mailTo(user.loginID));
  return () => redeemRecovery(elsewhere.db, elsewhere, { token, newPassword: chooseAnother() }, {});
};

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
async function atEveryStep(prepare: Prepare, request: (as: Member) => Promise<unknown>): Promise<number> {
  for (let number = 1; number <= MOST_STATEMENTS; number += 1) {
    const { someone, tokens } = await signIn();
    const other = await stage.visitor();
    const reset = await prepare();
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

describe.each([
  ['by an operator', byOperator],
  ['by a recovery link', byLink],
])(
  '31 Mastodon 12928, Authorizer 669; 32 Kratos #3513: what was in flight during a reset outlived it (%s)',
  (_, prepare) => {
    const requests: [what: string, least: number, request: (as: Member) => Promise<unknown>][] = [
      ['a refresh of tokens', 5, ({ tokens }) => app.refreshes(tokens.refresh_token ?? '')],
      ['the page of the account', 3, ({ someone }) => stage.settings(someone)],
      ['another sign-in by the session', 10, ({ someone }) => someone.open(app.origin)],
      [
        'a sign-in with the former password',
        20,
        async ({ other, loginID, password }) => other.signIn(await other.open(app.origin), loginID, password),
      ],
    ];

    it.each(requests)(
      '%s, stopped before each of its statements',
      async (_what, least, request) => {
        expect(await atEveryStep(prepare, request)).toBeGreaterThan(least);
      },
      PATIENCE_MS,
    );
  },
);
