import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestBrowser, type TestPages, testPages } from '../../../../../tests/support/hosted-pages.ts';
import { issueSecret } from '../../../codes/index.ts';
import { userStore } from '../../../users/index.ts';

const FORGOT = '/forgot-password';
const IN_LOGIN = '/login/uid-1/forgot-password';
const MAIL = '/forgot-password/check-mail';
const CODE = '/forgot-password/code';
const RESET = '/reset-password';
const CHOSEN = 'my very own passphrase 1';

let pages: TestPages;
let browser: TestBrowser;
let email: string;
let userID: string;
let users = 0;

beforeAll(async () => {
  pages = await testPages();
});
afterAll(() => pages.stop());
beforeEach(async () => {
  users += 1;
  email = `user-${users}@example.com`;
  userID = await pages.createUser(email);
  browser = pages.browser();
  // Of two attempts, one is the later.
  pages.clock.advance(1_000);
  pages.oidc.pending = { uid: 'uid-1', clientID: 'app-1', clientName: 'Example App' };
  pages.oidc.apps = {};
});
afterEach(async () => {
  await pages.set('recovery.methods', undefined);
  await pages.set('login.identity_types', undefined);
});

/** Asks for a link or a code. */
async function ask(method: 'link' | 'code', path = FORGOT, headers: Record<string, string> = {}) {
  await browser.get(path, headers);
  return browser.post(path, { login_id: email, method }, headers);
}

/** Does what the worker does for the latest attempt: returns what would be mailed. */
async function issue(): Promise<string> {
  const db = pages.database.forProject('home');
  const attempt = await db.kysely
    .selectFrom('codes')
    .select('id')
    .where('project_id', '=', 'home')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  return db.transaction(async (tx) => {
    const user = await userStore(tx).lock(userID);
    const [identity] = await userStore(tx).identitiesOf(userID);
    if (!user || !identity) throw new Error('no user');
    const { passwordVersion, sessionEpoch } = user;
    const to = { userID, identityID: identity.id, passwordVersion, sessionEpoch };
    return issueSecret(tx, pages, attempt.id, to);
  });
}

/** From asking to the form for a new password. */
async function toForm(path = FORGOT): Promise<string> {
  await ask('link', path);
  const token = await issue();
  await browser.get(`${RESET}?token=${token}`);
  await browser.get(RESET);
  return token;
}

const setPassword = () => browser.post(RESET, { new_password: CHOSEN, confirmation: CHOSEN });
const cookieLine = (answer: { headers: Headers }, name: string): string | undefined =>
  answer.headers.getSetCookie().find((line) => line.startsWith(`${name}=`));
const filledIn = (text: string): string | undefined =>
  /<input[^>]*name="login_id"[^>]* value="([^"]*)"/.exec(text)?.[1];

describe('the first page', () => {
  it('asks for what people sign in with here, and how to send it where there is a choice', async () => {
    const both = await browser.get(FORGOT);
    expect(both.text).toContain('Email, phone or username');
    expect(both.text.match(/type="radio"/g)).toHaveLength(2);
    expect(both.text).toMatch(/checked="" value="link"/);
    await pages.set('recovery.methods', ['code', 'link']);
    expect((await browser.get(FORGOT)).text).toMatch(/checked="" value="code"/);
    await pages.set('recovery.methods', ['code']);
    await pages.set('login.identity_types', ['phone']);
    const { text } = await browser.get(FORGOT);
    expect(text).not.toContain('type="radio"');
    expect(text).toMatch(/<label[^>]*>Phone<\/label>/);
  });

  it('sends what the project allows, whatever was asked for', async () => {
    await pages.set('recovery.methods', ['code']);
    expect((await ask('link')).location).toBe(CODE);
  });

  it('takes what was typed at the login along, and the app’s hint otherwise', async () => {
    pages.oidc.pending = { uid: 'uid-1', loginHint: 'hint@example.com' };
    expect(filledIn((await browser.get(IN_LOGIN)).text)).toBe('hint@example.com');
    await browser.get('/login/uid-1');
    const led = await browser.post(`${IN_LOGIN}/start`, { login_id: ' typed@example.com ' });
    expect([led.status, led.location]).toEqual([303, IN_LOGIN]);
    expect(filledIn((await browser.get(IN_LOGIN)).text)).toBe('typed@example.com');
    expect(filledIn((await browser.get('/login/uid-1')).text)).toBe('typed@example.com');
    pages.oidc.pending = { uid: 'uid-2', loginHint: 'hint@example.com' };
    expect(filledIn((await browser.get('/login/uid-2/forgot-password')).text)).toBe('hint@example.com');
  });

  it('leads back to its login, and works without one', async () => {
    expect((await browser.get(IN_LOGIN)).text).toContain('href="/login/uid-1"');
    expect((await browser.get(FORGOT)).text).toContain('href="/login"');
    pages.oidc.pending = undefined;
    expect((await browser.get(IN_LOGIN)).location).toBe(FORGOT);
    expect((await browser.post(`${IN_LOGIN}/start`, { login_id: 'a' })).location).toBe(FORGOT);
  });

  it.each([
    ['', 'Enter what you sign in with.'],
    ['ada@', 'Nobody can sign in with this.'],
    ['ada@example.com\r\nbcc: eve@example.com', 'Nobody can sign in with this.'],
    ['a'.repeat(400), 'Nobody can sign in with this.'],
  ])('refuses %j under the field', async (login_id, words) => {
    await browser.get(FORGOT);
    const { status, text } = await browser.post(FORGOT, { login_id, method: 'link' });
    expect(status).toBe(400);
    expect(text).toMatch(new RegExp(`id="login_id-error".*${words}`));
  });

  it('names the kind where there is only one', async () => {
    await pages.set('login.identity_types', ['email']);
    await browser.get(FORGOT);
    const { text } = await browser.post(FORGOT, { login_id: 'ada', method: 'link' });
    expect(text).toContain('Enter an email address on one line, such as name@example.com.');
  });

  it('does not ask twice within a minute, whoever does', async () => {
    await ask('link');
    browser = pages.browser();
    pages.clock.advance(15_000);
    const { status, headers, text } = await ask('link');
    expect([status, headers.get('retry-after')]).toEqual([429, '45']);
    expect(text).toContain('wait 45 seconds and try again');
    expect(filledIn(text)).toBe(email);
  });

  it('keeps what it remembers where no script and no other path reads it', async () => {
    const line = cookieLine(await ask('link'), 'latchkey_recovery') ?? '';
    expect(line).toMatch(/; Max-Age=3600; Path=\/forgot-password; HttpOnly; SameSite=Lax$/);
    expect(decodeURIComponent(line)).not.toContain('user-');
  });
});

describe('in a project that lets users choose where it goes', () => {
  const CHOOSE = '/forgot-password/destination';

  beforeEach(() => pages.set('recovery.choose_destination', true));
  afterEach(() => pages.set('recovery.choose_destination', undefined));

  it('the masked addresses are offered to who asked, and no other is taken', async () => {
    pages.oidc.pending = { uid: 'uid-1', uiLocales: 'de' };
    expect((await ask('link', IN_LOGIN)).location).toBe(CHOOSE);
    expect((await pages.browser().get(CHOOSE)).location).toBe(FORGOT);
    const { text } = await browser.get(CHOOSE);
    expect(text).toContain('Wohin soll es gehen?');
    expect(text).toContain('href="/login/uid-1"');
    expect(text).toContain('us***@ex***.com');
    expect(text).not.toContain(email);
    expect((await browser.post(CHOOSE, { destination: 'made up' })).location).toBe(MAIL);
    expect((await browser.get(CHOOSE)).location).toBe(FORGOT);
  });

  it('nobody has any, and goes on as ever', async () => {
    await browser.get(FORGOT);
    const { location } = await browser.post(FORGOT, { login_id: 'nobody@example.com', method: 'link' });
    expect(location).toBe(MAIL);
  });

  it('too soon is said there', async () => {
    await ask('code');
    await browser.post(CHOOSE, {});
    await ask('code');
    const { status, text } = await browser.post(CHOOSE, {});
    expect([status, text.includes('wait 60 seconds')]).toEqual([429, true]);
  });
});

describe('the page after it', () => {
  it('counts down from the minute that nothing is sent again', async () => {
    await ask('link');
    pages.clock.advance(17_000);
    expect((await browser.get(MAIL)).text).toContain('data-seconds="43"');
    pages.clock.advance(43_000);
    const { text } = await browser.get(MAIL);
    expect(text).not.toContain('data-seconds');
    expect(text).toContain('good for 20 minutes');
    const again = await browser.post(MAIL, { resend: 'yes' });
    expect([again.status, again.location]).toEqual([303, MAIL]);
    expect((await browser.get(MAIL)).text).toContain('Another link is on its way.');
  });

  it('is shown at the address of what was asked for', async () => {
    await ask('code');
    expect((await browser.get(MAIL)).location).toBe(CODE);
    expect((await browser.get(CODE)).text).toMatch(
      /<input[^>]*inputMode="numeric"[^>]*autoComplete="one-time-code"/i,
    );
  });

  it('is nobody’s in another browser, in another project, and after an hour', async () => {
    await ask('code');
    expect((await pages.browser().get(CODE)).location).toBe(FORGOT);
    await pages.projects.create(
      { id: 'other', name: 'Other' },
      { actor: { type: 'command_line' }, origin: {} },
    );
    const elsewhere = pages.browser('other');
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
    expect((await elsewhere.get(CODE)).location).toBe(FORGOT);
    pages.clock.advance(60 * 60_000);
    expect((await browser.get(CODE)).location).toBe(FORGOT);
  });

  it('speaks the language of the login it was begun in', async () => {
    pages.oidc.pending = { uid: 'uid-1', uiLocales: 'de' };
    await ask('link', IN_LOGIN, { 'accept-language': 'en' });
    const { text } = await browser.get(MAIL, { 'accept-language': 'en' });
    expect(text).toContain('lang="de"');
    expect(text).toContain('href="/login/uid-1"');
  });

  it('takes the code with spaces, and leads on from then on', async () => {
    await ask('code');
    const code = await issue();
    for (const [typed, words] of [
      ['', 'Enter the code from the mail.'],
      ['12345', 'six digits and nothing else'],
      ['12345a', 'six digits and nothing else'],
      ['1234567', 'six digits and nothing else'],
    ] as const) {
      await browser.get(CODE);
      const { status, text } = await browser.post(CODE, { code: typed });
      expect([typed, status, text.includes(words)]).toEqual([typed, 400, true]);
    }
    const proved = await browser.post(CODE, { code: ` ${code.slice(0, 3)}-${code.slice(3)} ` });
    expect([proved.status, proved.location]).toEqual([303, RESET]);
    expect((await browser.get(CODE)).location).toBe(RESET);
    expect((await browser.get(RESET)).text).toContain(`for ${email}`);
  });

  it('says of a code that ran out that it did, and sends another', async () => {
    await ask('code');
    const code = await issue();
    pages.clock.advance(5 * 60_000);
    expect((await browser.get(CODE)).text).toContain('This code has expired');
    const late = await browser.post(CODE, { code });
    expect([late.status, late.text.includes('This code has expired')]).toEqual([400, true]);
    expect((await browser.post(CODE, { resend: 'yes' })).location).toBe(CODE);
    expect((await browser.post(CODE, { code: await issue() })).location).toBe(RESET);
  });
});

describe('the new password', () => {
  it('is asked for at an address that holds no token', async () => {
    await ask('link');
    const token = await issue();
    const opened = await pages.browser().get(`${RESET}?token=${token}`);
    expect([opened.status, opened.location]).toEqual([303, RESET]);
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    const line = cookieLine(opened, 'latchkey_reset') ?? '';
    expect(line).toMatch(/; Path=\/reset-password; HttpOnly; SameSite=Lax$/);
    expect(line).not.toContain(token);
  });

  it('knows whose it is: for password managers, and for the judge of what is typed', async () => {
    await toForm();
    const { text } = await browser.get(RESET);
    expect(text).toMatch(new RegExp(`<input[^>]*autoComplete="username"[^>]*value="${email}"`, 'i'));
    expect(text).toContain('passwordrules="minlength: 8;');
    const judge = (password: string) =>
      browser.send(`${RESET}/strength`, JSON.stringify({ password }), {
        'content-type': 'application/json',
        'x-csrf-token': browser.token(),
      });
    const { rules } = JSON.parse((await judge(`${email} and more`)).text);
    expect(rules).toEqual({ PasswordTooShort: true, PasswordContainingExcludedKeywords: false });
    browser.cookies.delete('latchkey_reset');
    expect((await judge('x')).status).toBe(403);
  });

  it('is refused under its field, and the link stays good', async () => {
    await toForm();
    for (const [fields, words] of [
      [{}, 'Enter a new password.'],
      [{ new_password: CHOSEN, confirmation: 'x' }, 'The two passwords are not the same.'],
      [{ new_password: 'short', confirmation: 'short' }, 'satisfies every rule below'],
    ] as const) {
      const { status, text } = await browser.post(RESET, fields);
      expect([status, text.includes(words)]).toEqual([400, true]);
    }
    expect((await setPassword()).location).toBe('/reset-password/done');
  });

  it.each([
    ['cut short', (token: string) => token.slice(0, -1), 'This address is not complete'],
    ['empty', () => '', 'This address is not complete'],
    ['of nobody', () => 'x'.repeat(32), 'This link does not work'],
    ['too long', (token: string) => `${token}x`, 'This address is not complete'],
  ])('a token that is %s says so, with a way forward', async (_, change, words) => {
    await ask('link');
    await browser.get(`${RESET}?token=${change(await issue())}`);
    const { status, text } = await browser.get(RESET);
    expect([status, text.includes(words)]).toEqual([400, true]);
    expect(text).toContain('href="/forgot-password"');
  });

  it('a full stop that a mail program added is none of the token', async () => {
    await ask('link');
    await browser.get(`${RESET}?token=${await issue()}.`);
    expect((await browser.get(RESET)).status).toBe(200);
  });

  it('is set once', async () => {
    const token = await toForm();
    await setPassword();
    await browser.get(`${RESET}?token=${token}`);
    expect((await browser.get(RESET)).text).toContain('This link was used already');
    expect((await setPassword()).status).toBe(400);
  });
});

describe('the way on', () => {
  async function finish(path = IN_LOGIN) {
    await toForm(path);
    await setPassword();
    const done = await browser.get('/reset-password/done');
    expect(done.text).toContain('Your password was changed');
    return /href="([^"]+)"[^>]*>Continue</.exec(done.text)?.[1] ?? '';
  }

  it('leads to the login it was begun in, with the login ID filled in', async () => {
    pages.oidc.pending = { uid: 'uid-1', clientID: 'app-1', loginHint: 'hint@example.com' };
    const next = await finish();
    expect((await browser.get(next)).location).toBe('/login/uid-1');
    expect(filledIn((await browser.get('/login/uid-1')).text)).toBe(email);
  });

  it('leads to where the app begins a login, once that one is over', async () => {
    pages.oidc.apps = {
      'app-1': { initiateLoginURI: 'https://app.example/begin?x=1', clientURI: 'https://app.example/' },
    };
    const next = await finish();
    pages.oidc.pending = undefined;
    const onward = (await browser.get(next)).location ?? '';
    expect(onward).toBe('/reset-password/continue');
    const { origin } = await pages.project();
    const address = new URL((await browser.get(onward)).location ?? '');
    expect(address.origin + address.pathname).toBe('https://app.example/begin');
    expect(Object.fromEntries(address.searchParams)).toEqual({ x: '1', iss: origin, login_hint: email });
  });

  it.each([
    ['its home page', { 'app-1': { clientURI: 'https://app.example/' } }, 'https://app.example/'],
    ['the account', { 'app-1': {} }, '/settings'],
    ['the account, of an app that is gone', {}, '/settings'],
  ])('leads otherwise to %s', async (_, apps, expected) => {
    pages.oidc.apps = apps;
    await finish();
    expect((await browser.get('/reset-password/continue')).location).toBe(expected);
  });

  it('leads to the account where it began in no app', async () => {
    expect(await finish(FORGOT)).toBe('/reset-password/continue');
    expect((await browser.get('/reset-password/continue')).location).toBe('/settings');
    pages.oidc.pending = { uid: 'uid-3' };
    expect(filledIn((await browser.get('/login/uid-3')).text)).toBe(email);
  });

  it('leads operators to the portal', async () => {
    pages.oidc.pending = { uid: 'uid-1', clientID: 'portal' };
    await finish();
    expect((await browser.get('/reset-password/continue')).location).toBe('/portal/');
  });

  it('is no page of who has not been there', async () => {
    expect((await browser.get('/reset-password/done')).location).toBe('/settings');
    expect((await browser.get('/reset-password/continue')).location).toBe('/settings');
  });
});
