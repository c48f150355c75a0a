import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { borrowEmbeddedPostgres } from '../../server/src/platform/embedded-postgres/index.ts';
import { type AdminClient, adminClient, mutation } from '../support/admin-client.ts';
import { startApp, type TestApp, type Tokens } from '../support/app.ts';
import { passwordIn } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type ArrivedMail, startMailServer, type TestMailServer } from '../support/smtp.ts';
import { type VisitedPage, type Visitor, visitor } from '../support/visitor.ts';

const TYPED = 'typed by hand 2026!';
const CHOSEN = 'my very own passphrase 1';

/** Somebody who is signed in to the app, and what it has of them. */
interface SignedIn {
  browser: Visitor;
  tokens: Tokens;
  loginID: string;
  password: string;
}

let mailServer: TestMailServer;
let mailTo: (recipient: string) => Promise<ArrivedMail>;
let server: TestServer;
let app: TestApp;
let admin: AdminClient;
const browsers: Visitor[] = [];
/** Every password that came by mail. */
const mailed: string[] = [];

beforeAll(async () => {
  mailServer = await startMailServer();
  mailTo = mailReader(mailServer);
  server = await startServer({ env: { SMTP_URL: mailServer.url } });
  [app, admin] = await Promise.all([startApp(server), adminClient(server)]);
});
afterAll(async () => {
  for (const browser of browsers) await browser.leave();
  await app?.stop();
  await server?.remove();
  await mailServer?.stop();
});

async function atTheLogin(): Promise<[Visitor, VisitedPage]> {
  const browser = await visitor();
  browsers.push(browser);
  const page = await browser.open(app.origin);
  expect(page.heading).toBe('Sign in');
  return [browser, page];
}

async function passwordMailedTo(recipient: string): Promise<string> {
  const password = passwordIn(await mailTo(recipient));
  mailed.push(password);
  return password;
}

async function createUser(key: string, value: string): Promise<string> {
  const input = { definition: { loginID: { key, value } } };
  const { user } = (await admin.mutate('createUser', input, 'user { id }')) as { user: { id: string } };
  return user.id;
}

const resetPassword = (input: Record<string, unknown>) =>
  admin.mutate('resetPassword', input, 'user { id } messages { id }');

/** From the app to the app, by way of the forced change. */
async function walkIn(loginID: string, password: string): Promise<SignedIn> {
  const [browser, page] = await atTheLogin();
  const change = await browser.signIn(page, loginID, password);
  expect(change).toMatchObject({ status: 200, heading: 'Change your password' });

  const leaving = await browser.open(`${server.origin}/settings`);
  expect(leaving.heading).toBe('Sign in');

  const same = await browser.choose(change, password);
  expect(same).toMatchObject({ status: 400, heading: 'Change your password' });
  const landed = await browser.choose(same, CHOSEN);
  expect(landed.heading).toBe(`Hello ${app.tokens().claims()?.sub}`);
  const tokens = app.tokens();
  expect(await app.userinfo(tokens)).toMatchObject({ sub: tokens.claims()?.sub });
  return { browser, tokens, loginID, password: CHOSEN };
}

/** From the app to the app with a password that may stay. */
async function walkStraightIn(loginID: string, password: string): Promise<SignedIn> {
  const [browser, page] = await atTheLogin();
  const landed = await browser.signIn(page, loginID, password);
  expect(landed.heading).toBe(`Hello ${app.tokens().claims()?.sub}`);
  return { browser, tokens: app.tokens(), loginID, password };
}

async function expectRefused(loginID: string, password: string): Promise<void> {
  const [browser, page] = await atTheLogin();
  const answer = await browser.signIn(page, loginID, password);
  expect(answer).toMatchObject({ status: 401, heading: 'Sign in' });
  expect(answer.html).toContain('This combination is not right.');
}

/** Nothing that somebody had before the reset opens anything. */
async function expectEnded({ browser, tokens, loginID, password }: SignedIn): Promise<void> {
  expect(await app.userinfo(tokens)).toBeUndefined();
  expect(await app.refreshes(tokens.refresh_token ?? '')).toBe(false);
  expect((await browser.open(`${server.origin}/settings`)).heading).toBe('Sign in');
  expect((await browser.open(app.origin)).heading).toBe('Sign in');
  await expectRefused(loginID, password);
}

describe('with the API alone', () => {
  it('a generated password is mailed, has to be changed, and the next reset ends all that came of it', async () => {
    const userID = await createUser('email', 'Ada@example.com');
    const { messages } = await resetPassword({ userID, sendPassword: true, setPasswordExpired: true });
    expect(messages).toHaveLength(1);
    const first = await passwordMailedTo('Ada@example.com');

    const ada = await walkIn('ada@EXAMPLE.com', first);
    await expectRefused('ada@example.com', first);
    const notice = await mailTo('Ada@example.com');
    expect(notice.parsed.text).not.toContain(CHOSEN);

    await resetPassword({ userID, sendPassword: true, setPasswordExpired: true });
    await expectEnded(ada);
    expect(await passwordMailedTo('Ada@example.com')).not.toBe(first);
    await expectRefused('ada@example.com', first);
  });

  it.each([
    ['email', 'bea@example.com', 'BEA@example.com'],
    ['phone', '+49 170 1234567', '+491701234567'],
    ['username', 'carl.the.great', 'Carl.The.Great'],
  ])('a typed password, without a mail, for the login id of type %s', async (key, value, spelled) => {
    const mails = mailServer.arrived.length;
    const userID = await createUser(key, value);
    await resetPassword({ userID, password: TYPED, setPasswordExpired: true });
    const first = await walkIn(spelled, TYPED);
    await resetPassword({ userID, password: `${TYPED} again` });
    await expectEnded(first);
    const second = await walkStraightIn(value, `${TYPED} again`);
    await resetPassword({ userID, revokeSessions: false });
    await expectRefused(value, second.password);
    expect(await app.userinfo(second.tokens)).toBeDefined();
    expect((await second.browser.open(`${server.origin}/settings`)).heading).toBe('Your account');

    const carries = mailServer.arrived.slice(mails).filter(({ raw }) => raw.includes(TYPED));
    expect(carries).toEqual([]);
  });

  it.each([
    ['phone', '+85298765432'],
    ['username', 'dora'],
  ])('cannot send a password to a user with nothing but a %s, and changes nothing', async (key, value) => {
    const userID = await createUser(key, value);
    await resetPassword({ userID, password: TYPED });
    const input = { userID, sendPassword: true, setPasswordExpired: true };
    const { errors } = await admin.ask(mutation('resetPassword', 'user { id }'), { input });
    expect(errors?.[0]?.extensions).toMatchObject({ errorName: 'Invalid', reason: 'SendPasswordNoTarget' });
    await walkStraightIn(value, TYPED);
  });

  it('mails a user with two addresses once at each, with the same password', async () => {
    const userID = await createUser('email', 'emil@example.com');
    const uuid = Buffer.from(userID, 'base64url').toString().split(':')[1] ?? '';
    await addAddress(uuid, 'emil@work.example');
    await resetPassword({ userID, sendPassword: true, setPasswordExpired: true });
    const addresses = ['emil@example.com', 'emil@work.example'];
    const [one, other] = [
      await passwordMailedTo('emil@example.com'),
      await passwordMailedTo('emil@work.example'),
    ];
    expect(one).toBe(other);
    await walkIn('emil@work.example', one);
    for (const address of addresses) {
      expect((await mailTo(address)).parsed.text).not.toContain(CHOSEN);
      const theirs = mailServer.arrived.filter(({ recipients }) => recipients.includes(address));
      expect(theirs.map(({ recipients }) => recipients)).toEqual([[address], [address]]);
    }
    await walkStraightIn('emil@example.com', CHOSEN);
  });
});

describe('with the command line alone', () => {
  const latchkey = (...args: string[]) =>
    server.json<{ userID: string; password?: string }>(['users', ...args]);

  it('a generated password is printed once, mailed, and has to be changed', async () => {
    const { userID } = await latchkey('create', '--email', 'fay@example.com');
    const reset = await latchkey(
      ...['reset-password', 'Fay@example.com', '--generate', '--send', '--expire'],
    );
    expect(reset).toEqual({ userID, password: expect.any(String) });
    expect(await passwordMailedTo('fay@example.com')).toBe(reset.password);

    const fay = await walkIn('fay@example.com', reset.password ?? '');
    const piped = ['users', 'reset-password', 'fay@example.com', '--password-stdin'];
    expect(await server.json(piped, `${TYPED}\n`)).toEqual({ userID });
    await expectEnded(fay);
    await walkStraightIn('fay@example.com', TYPED);
  });

  it.each([
    ['--phone', '+33 6 12 34 56 78'],
    ['--username', 'gustav'],
  ])('a user known by %s is reset by it', async (option, loginID) => {
    const { userID } = await latchkey('create', option, loginID);
    const reset = await latchkey('reset-password', loginID, '--generate', '--expire');
    expect(reset.userID).toBe(userID);
    const first = await walkIn(loginID, reset.password ?? '');
    await latchkey('reset-password', loginID, '--generate');
    await expectEnded(first);
  });
});

it('no password that was used here stands in the log', () => {
  expect(mailed.length).toBeGreaterThan(3);
  for (const secret of [TYPED, CHOSEN, ...mailed]) expect(server.output()).not.toContain(secret);
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/);
});

/** Gives a user a second e-mail login id, for which there is no act yet. */
async function addAddress(uuid: string, address: string): Promise<void> {
  const postgres = await borrowEmbeddedPostgres({ dataDir: server.dataDir });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(
    `insert into identities (project_id, id, user_id, type, original, normalized, unique_key, claims, created_at, updated_at)
     select project_id, gen_random_uuid(), id, 'email', $2, $2, $2, '{}', now(), now() from users where id = $1`,
    [uuid, address],
  );
  await client.end();
  await postgres.stop();
}
