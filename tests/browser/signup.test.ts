import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { keyboard } from '../support/keyboard.ts';
import { codeIn, fillLogin } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import type { ArrivedMail } from '../support/smtp.ts';
import { STAGE_PASSWORD, type Stage, startStage } from '../support/stage.ts';

const CHOSEN = 'walnut orbit 73 kettle';

/** Sign-up as people see it: from an app, by way of their mailbox, back into the app. */
describe.skipIf(!browserIsThere).each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('sign-up %s', (_, javaScriptEnabled) => {
  let stage: Stage;
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let mailTo: (recipient: string) => Promise<ArrivedMail>;
  let address: string;
  let people = 0;

  beforeAll(async () => {
    stage = await startStage();
    app = await startApp(stage.server);
    browser = await launchBrowser();
    mailTo = mailReader(stage.mail);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await stage?.stop();
  });

  beforeEach(async () => {
    people += 1;
    address = `newcomer-${people}@example.com`;
    context = await browser.newContext({ javaScriptEnabled });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const heading = (name: string | RegExp, on = page) => on.getByRole('heading', { name, level: 1 }).waitFor();
  const see = (text: string | RegExp, on = page) => on.getByText(text).first().waitFor();
  const press = (name: string, on = page) => on.getByRole('button', { name, exact: true }).click();

  /** From the app to the code. */
  async function ask(to = address, on = page): Promise<void> {
    await on.goto(app.origin);
    await on.getByRole('link', { name: 'Create an account' }).click();
    await enterAddress(to, on);
    await heading('Enter the code', on);
  }
  async function enterAddress(to: string, on = page): Promise<void> {
    await heading('Create an account', on);
    await on.getByLabel('Email address').fill(to);
    await press('Continue', on);
  }
  async function enterCode(code: string, on = page): Promise<void> {
    await on.getByLabel('Code').fill(code);
    await press('Continue', on);
  }
  async function choose(password: string, on = page): Promise<void> {
    await heading('Choose a password', on);
    await on.getByLabel('Password', { exact: true }).fill(password);
    await press('Create account', on);
  }
  const countUsers = async (): Promise<number> =>
    (await stage.db.query('select count(*)::int as count from users')).rows[0].count;
  /** As if the time between two codes had passed. */
  async function waitForCooldown(): Promise<void> {
    await stage.db.query("update codes set resend_at = resend_at - interval '1 minute'");
    await stage.db.query('delete from instance.rate_limits');
  }
  const wrong = (code: string): string => (code === '123456' ? '654321' : '123456');

  it('leads from an app by way of the mailbox back into the app, and to a verified address', async () => {
    await ask(` ${address} `);
    await see(`on its way to ${address}`);
    const mail = await mailTo(address);
    expect(mail.recipients).toEqual([address]);
    expect(mail.parsed.subject).toBe('Your code for Latchkey');
    expect(mail.parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.parsed.html).not.toContain('href=');
    const before = await countUsers();
    const code = codeIn(mail);
    await enterCode(`${code.slice(0, 3)} ${code.slice(3)}`);
    await heading('Choose a password');
    expect(await countUsers()).toBe(before);

    await choose('short');
    await see('Choose a password that satisfies every rule below.');
    await choose(address);
    await see('Choose a password that satisfies every rule below.');
    await choose(CHOSEN);
    await heading('Hello');
    expect(await app.userinfo(app.tokens())).toMatchObject({ email: address, email_verified: true });
    expect(app.tokens().claims()?.amr).toEqual(['pwd']);
    expect(await countUsers()).toBe(before + 1);

    const elsewhere = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await elsewhere.goto(app.origin);
    await fillLogin(elsewhere, address, CHOSEN);
    await heading('Hello', elsewhere);
    await elsewhere.context().close();
  });

  it('begins at an address of its own, and ends at the account', async () => {
    await page.goto(`${stage.server.origin}/signup`);
    await enterAddress(address);
    await enterCode(codeIn(await mailTo(address)));
    await choose(CHOSEN);
    await heading('Your account');
    await see(`You are signed in as ${address}.`);
  });

  it('leads to the login and back, and has each refusal under its field', async () => {
    await page.goto(app.origin);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByRole('link', { name: 'Sign in instead' }).click();
    await heading('Sign in');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await press('Continue');
    await see('Enter your email address.');
    for (const none of ['not an address', 'alice@', `${address},other@example.com`]) {
      await page.getByLabel('Email address').fill(none);
      await press('Continue');
      await see('Enter an email address on one line, such as name@example.com.');
      expect(await page.getByLabel('Email address').inputValue()).toBe(none);
    }
    await enterAddress(address);
    await heading('Enter the code');
    const field = page.getByLabel('Code');
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    await press('Continue');
    await see('Enter the code from the mail.');
    await enterCode('12a456');
    await see('The code is six digits and nothing else.');
    // What is no code has cost no try.
    const code = codeIn(await mailTo(address));
    await enterCode(wrong(code));
    await see('This code is not right. 4 tries are left');
    await enterCode(code);
    await press('Create account');
    await see('Choose a password.');
  });

  it('keeps the way on back and reload, and leads from a step out of order to the right one', async () => {
    await ask();
    const code = codeIn(await mailTo(address));
    const codePage = page.url();
    const passwordPage = codePage.replace(/code$/, 'password');
    await page.reload();
    await heading('Enter the code');
    await page.goto(passwordPage);
    expect(page.url()).toBe(codePage);
    await page.goBack();
    await page.goto(codePage.replace(/\/code$/, ''));
    // The same address again, and the code that is on its way still counts.
    expect(await page.getByLabel('Email address').inputValue()).toBe(address);
    await press('Continue');
    await enterCode(code);
    await heading('Choose a password');
    await page.reload();
    await heading('Choose a password');
    await page.goto(codePage);
    expect(page.url()).toBe(passwordPage);
    await choose(CHOSEN);
    await heading('Hello');
    await page.goBack();
    await page.reload();
    await heading('This sign-in has ended');
  });

  it('tells who has an account so in a mail, and nobody else anything', async () => {
    const { loginID } = await stage.addUser(`known-${people}@example.com`);
    await ask(loginID.toUpperCase());
    await see(`on its way to ${loginID.toUpperCase()}`);
    const mail = await mailTo(loginID);
    expect(mail.recipients).toEqual([loginID]);
    expect(mail.parsed.text).toContain('You have an account already');
    expect(mail.parsed.text).toContain(`${stage.server.origin}/login`);
    expect(mail.parsed.text).toContain(`${stage.server.origin}/forgot-password`);
    expect(mail.parsed.text).not.toMatch(/\b\d{6}\b/);
    for (const left of ['4 tries are left', '3 tries', '2 tries', '1 try is left']) {
      await enterCode('123456');
      await see(left);
    }
    await enterCode('123456');
    await heading('Too many wrong codes');
    await page.goto(app.origin);
    await fillLogin(page, loginID, STAGE_PASSWORD);
    await heading('Hello');
  });

  it('ends a code after five wrong ones, and sends a new one after the cooldown', async () => {
    await ask();
    const code = codeIn(await mailTo(address));
    await press('Send a new one');
    await see(/One was asked for less than a minute ago\. Look into your mail, or wait \d+ seconds?/);
    for (let tries = 0; tries < 5; tries += 1) await enterCode(wrong(code));
    await heading('Too many wrong codes');
    await page.reload();
    await heading('Too many wrong codes');
    await waitForCooldown();
    await press('Send a new one');
    await heading('Enter the code');
    const second = codeIn(await mailTo(address));
    if (second !== code) {
      await enterCode(code);
      await see('This code is not right.');
    }
    await enterCode(second);
    await choose(CHOSEN);
    await heading('Hello');
  });

  it('says of a code that ran out what to do, and begins anew where all of it took too long', async () => {
    await ask();
    const code = codeIn(await mailTo(address));
    await stage.db.query("update codes set expires_at = expires_at - interval '10 minutes'");
    await enterCode(code);
    await heading('This code has expired');
    await page.reload();
    await heading('This code has expired');
    await waitForCooldown();
    await press('Send a new one');
    await enterCode(codeIn(await mailTo(address)));
    await heading('Choose a password');
    await stage.db.query("update signup_flows set expires_at = expires_at - interval '30 minutes'");
    await choose(CHOSEN);
    await heading('Create an account');
    await see('That took too long. Enter your email address again.');
  });

  it('gives an address to one of two, and the other a way forward', async () => {
    await ask();
    const first = codeIn(await mailTo(address));
    await waitForCooldown();
    const context2 = await browser.newContext({ javaScriptEnabled });
    const other = await context2.newPage();
    await ask(address, other);
    await enterCode(codeIn(await mailTo(address)), other);
    await enterCode(first);
    await heading('Choose a password');
    await choose(CHOSEN, other);
    await heading('Hello', other);
    await choose('another pass 1 phrase');
    await heading('You have an account already');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await fillLogin(page, address, CHOSEN);
    await heading('Hello');
    await context2.close();
  });

  it('is not where a project does not want it', async () => {
    await ask();
    const codePage = page.url();
    const token = await page.locator('input[name=csrf]').first().inputValue();
    await stage.server.json(['settings', 'set', 'login.signup_enabled', 'false']);
    try {
      for (const path of ['', '/code', '/password']) {
        const closed = codePage.replace(/\/code$/, path);
        expect((await page.goto(closed))?.status()).toBe(403);
        await heading('No new accounts here');
        const form = { csrf: token, address, code: '123456', new_password: CHOSEN };
        expect((await page.request.post(closed, { form })).status()).toBe(403);
      }
      await page.getByRole('link', { name: 'Sign in' }).click();
      await heading('Sign in');
      expect(await page.getByRole('link', { name: 'Create an account' }).count()).toBe(0);
      expect((await page.goto(`${stage.server.origin}/signup`))?.status()).toBe(403);
      await heading('No new accounts here');
    } finally {
      await stage.server.json(['settings', 'set', 'login.signup_enabled', 'true']);
    }
  });

  it('speaks the language of who signs up, in the mail too', async () => {
    const german = await browser.newContext({ javaScriptEnabled, locale: 'de-DE' });
    const seite = await german.newPage();
    await seite.goto(`${stage.server.origin}/signup`);
    await heading('Konto anlegen', seite);
    await seite.getByLabel('E-Mail-Adresse').fill(address);
    await press('Weiter', seite);
    await heading('Code eingeben', seite);
    const mail = await mailTo(address);
    expect(mail.parsed.subject).toBe('Ihr Code für Latchkey');
    await seite.getByLabel('Code').fill(codeIn(mail));
    await press('Weiter', seite);
    await heading('Passwort wählen', seite);
    await german.close();
  });

  it('is gone through with the keyboard alone', async () => {
    const hands = keyboard(page);
    await page.goto(app.origin);
    await hands.isOn('Email, phone or username');
    await hands.tabTo('Create an account');
    await hands.press('Enter');
    await heading('Create an account');
    await hands.isOn('Email address');
    await hands.type(address);
    await hands.press('Enter');
    await heading('Enter the code');
    await hands.isOn('Code');
    await hands.tabTo('Send a new one');
    await hands.tabTo('Use another email address');
    await hands.press('Enter');
    await heading('Create an account');
    await hands.press('Enter');
    await heading('Enter the code');
    await hands.type(codeIn(await mailTo(address)));
    await hands.press('Enter');
    await heading('Choose a password');
    await hands.isOn('Password');
    await hands.type(CHOSEN);
    await hands.press('Enter');
    await heading('Hello');
  });
});
