import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { keyboard } from '../support/keyboard.ts';
import { fillLogin } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import { codeIn, endCooldown, linkIn, setPassword } from '../support/recovery-pages.ts';
import { type Stage, type StageUser, startStage } from '../support/stage.ts';

const CHOSEN = 'my very own passphrase 1';

/** The way back in for those without scripts, and for those without a mouse: the same, and no step is a dead end. */
describe.skipIf(!browserIsThere)('a forgotten password', () => {
  let stage: Stage;
  let app: TestApp;
  let browser: Browser;
  let readMail: ReturnType<typeof mailReader>;
  let user: StageUser;
  let users = 0;

  beforeAll(async () => {
    stage = await startStage();
    app = await startApp(stage.server);
    browser = await launchBrowser();
    readMail = mailReader(stage.mail);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await stage?.stop();
  });
  beforeEach(async () => {
    users += 1;
    user = await stage.addUser(`plain-${users}@example.com`);
  });
  afterEach(async () => {
    for (const open of browser.contexts()) await open.close();
  });

  const heading = (on: Page, name: string | RegExp) => on.getByRole('heading', { name, level: 1 }).waitFor();
  const newMail = () => readMail(user.loginID);

  describe('without JavaScript', () => {
    let page: Page;

    beforeEach(async () => {
      page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'en' })).newPage();
    });

    /** Takes the login ID along from the login that was refused. */
    async function askFromLogin(method: 'A link' | 'A code'): Promise<void> {
      await page.goto(app.origin);
      await fillLogin(page, user.loginID, 'not the password');
      await page.getByText('This combination is not right.').waitFor();
      await page.getByRole('link', { name: 'Forgot password?' }).click();
      await heading(page, 'Forgot your password?');
      expect(await page.getByLabel('Email, phone or username').inputValue()).toBe(user.loginID);
      await page.getByRole('radio', { name: method }).check();
      await page.getByRole('button', { name: 'Continue' }).click();
    }

    it('comes back by a link', async () => {
      await askFromLogin('A link');
      await heading(page, 'Check your mail');
      await page.getByText(/^Possible in \d+ s$/).waitFor();
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByText(/wait \d+ seconds/).waitFor();
      await endCooldown(stage.db);
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByText('Another link is on its way.').waitFor();
      await newMail();
      await page.goto(linkIn(await newMail()));
      await setPassword(page, 'abc');
      expect(await page.locator('[data-rule=broken]').textContent()).toContain('At least 8 characters');
      await setPassword(page, CHOSEN);
      await heading(page, 'Your password was changed');
      await page.getByRole('link', { name: 'Continue' }).click();
      await page.getByText('to continue to Test app').waitFor();
      await page.getByLabel('Password', { exact: true }).fill(CHOSEN);
      await page.keyboard.press('Enter');
      await heading(page, 'Hello');
    });

    it('comes back by a code', async () => {
      await askFromLogin('A code');
      await heading(page, 'Enter the code');
      await page.getByLabel('Code', { exact: true }).fill('letters');
      await page.keyboard.press('Enter');
      await page.getByText('The code is six digits and nothing else.').waitFor();
      await page.getByLabel('Code', { exact: true }).fill(codeIn(await newMail()));
      await page.getByRole('button', { name: 'Continue' }).click();
      await setPassword(page, CHOSEN);
      await page.getByRole('link', { name: 'Continue' }).click();
      await page.getByLabel('Password', { exact: true }).fill(CHOSEN);
      await page.keyboard.press('Enter');
      await heading(page, 'Hello');
    });
  });

  it('with the keyboard alone', async () => {
    const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce' });
    const page = await context.newPage();
    const hands = keyboard(page);
    await page.goto(app.origin);
    await heading(page, 'Sign in');
    await hands.isOn('Email, phone or username');
    await hands.type(user.loginID);
    await hands.tabTo('Forgot password?');
    await hands.press('Enter');
    await heading(page, 'Forgot your password?');
    await hands.tabTo('Email, phone or username');
    await hands.tabTo('A link');
    await hands.press('ArrowDown');
    await hands.isOn('A code');
    await hands.tabTo('Continue');
    await hands.press('Enter');
    await heading(page, 'Enter the code');
    await hands.isOn('Code');
    await hands.type('123');
    await hands.press('Enter');
    await page.getByText('The code is six digits and nothing else.').waitFor();
    await hands.isOn('Code');
    await hands.tabTo('Send a new one');
    await hands.press('Enter');
    await page.getByText(/wait \d+ seconds/).waitFor();
    await hands.isOn('Code');
    await hands.type(codeIn(await newMail()));
    await hands.press('Enter');
    await heading(page, 'Choose a new password');
    await hands.isOn('New password');
    await hands.type(CHOSEN);
    await hands.tabTo('New password again');
    await hands.type(CHOSEN);
    await hands.tabTo('Set password');
    await hands.press('Enter');
    await heading(page, 'Your password was changed');
    await hands.tabTo('Continue');
    await hands.press('Enter');
    await heading(page, 'Sign in');
    await hands.isOn('Password');
    await hands.type(CHOSEN);
    await hands.press('Enter');
    await heading(page, 'Hello');
  });
});
