import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { fillLogin, passwordIn } from '../support/login.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';

const OPERATOR = { email: 'op@example.com', password: 'operators open doors 7' };
const CHOSEN = 'my very own passphrase 1';

/** The whole way of the main job, as people walk it: nothing but pages, mails and the app. */
describe.skipIf(!browserIsThere)('an operator resets a password', () => {
  let mailServer: TestMailServer;
  let server: TestServer;
  let app: TestApp;
  let browser: Browser;
  let portal: Page;

  beforeAll(async () => {
    mailServer = await startMailServer();
    server = await startServer({ env: { SMTP_URL: mailServer.url } });
    app = await startApp(server);
    browser = await launchBrowser();
    portal = await (await browser.newContext()).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await server?.remove();
    await mailServer?.stop();
  });

  it('becomes the first operator with the one-time link, and signs in to the portal', async () => {
    await portal.goto(await server.firstRunLink());
    expect(portal.url()).not.toContain('token');
    await portal.getByLabel('Email address').fill(OPERATOR.email);
    await portal.getByLabel('Password', { exact: true }).fill(OPERATOR.password);
    await portal.getByRole('button', { name: 'Create operator' }).click();
    await portal.getByRole('link', { name: 'Go to the portal' }).click();
    await fillLogin(portal, OPERATOR.email, OPERATOR.password);
    await expect.poll(() => portal.url()).toBe(`${server.origin}/portal/project/home/users`);
    await portal.getByRole('heading', { name: 'Users', exact: true }).waitFor();
  });

  it('makes a user', async () => {
    await portal.getByRole('link', { name: 'Create user' }).click();
    await portal.getByRole('textbox', { name: 'Email' }).fill('alice@example.com');
    await portal.getByRole('radio', { name: 'No password' }).check();
    await portal.getByRole('button', { name: 'Create', exact: true }).click();
    await portal.getByRole('heading', { name: 'alice@example.com' }).waitFor();
  });

  /** From the user's page to the form. */
  async function openForm(): Promise<void> {
    await portal
      .getByRole('link', { name: 'Account Security' })
      .or(portal.getByRole('tab', { name: 'Account Security' }))
      .first()
      .click();
    await portal.getByRole('link', { name: 'Change Password' }).click();
    await portal.getByRole('heading', { name: 'Change Password' }).waitFor();
  }

  it('generates a password and sends it; the mail arrives, and its delivery shows', async () => {
    await openForm();
    await portal.getByRole('radio', { name: 'Generate and send automatically' }).check();
    await portal.getByRole('button', { name: 'Change', exact: true }).click();
    await portal.getByText('Password changed').first().waitFor();
    const mail = await mailServer.next();
    expect(mail.recipients).toEqual(['alice@example.com']);
    await portal.getByText('Sent', { exact: true }).first().waitFor();
    await expect
      .poll(() => portal.getByRole('switch', { name: 'Ask to change password on login' }).isChecked())
      .toBe(true);
  });

  it('gives the user a password that leads into the app only by way of a new one', async () => {
    const mailed = passwordIn(mailServer.arrived.at(-1));
    const user = await enterWith(mailed, CHOSEN);
    expect(await app.userinfo(app.tokens())).toMatchObject({ email: 'alice@example.com' });
    expect(app.tokens().refresh_token).toBeDefined();

    const other = await (await browser.newContext()).newPage();
    await other.goto(app.origin);
    await fillLogin(other, 'alice@example.com', mailed);
    await other.getByText('This combination is not right.').waitFor();
    await other.context().close();
    await user.close();
  });

  it('ends session, refresh token and old password with the next reset: typed, and no mail', async () => {
    const context = await browser.newContext();
    const user = await context.newPage();
    await user.goto(app.origin);
    await fillLogin(user, 'alice@example.com', CHOSEN);
    await user.getByRole('heading', { name: 'Hello' }).waitFor();
    const before = app.tokens();
    expect(await app.userinfo(before)).toBeDefined();
    const mails = mailServer.arrived.length;

    await portal.reload();
    await openForm();
    await portal.getByRole('textbox', { name: 'Password', exact: true }).fill('typed by hand 2026!');
    await portal.getByLabel('Ask user to change password on login').uncheck();
    await portal.getByRole('button', { name: 'Change', exact: true }).click();
    await portal.getByText('Password changed').first().waitFor();

    expect(await app.userinfo(before)).toBeUndefined();
    expect(await app.refreshes(before.refresh_token ?? '')).toBe(false);
    await user.goto(`${server.origin}/settings`);
    await user.getByRole('heading', { name: 'Sign in' }).waitFor();
    await fillLogin(user, 'alice@example.com', CHOSEN);
    await user.getByText('This combination is not right.').waitFor();
    await fillLogin(user, 'alice@example.com', 'typed by hand 2026!');
    await user.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(mailServer.arrived.length).toBe(mails);
    await context.close();
  });

  /** Starts at the app, signs in, chooses a new password, and lands in the app. */
  async function enterWith(password: string, chosen: string): Promise<BrowserContext> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(app.origin);
    await fillLogin(page, 'alice@example.com', password);
    await page.getByRole('heading', { name: 'Change your password' }).waitFor();
    await page.goto(`${server.origin}/settings`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.goto(app.origin);
    await fillLogin(page, 'alice@example.com', password);
    await page.getByLabel('New password', { exact: true }).fill(chosen);
    await page.getByLabel('New password again').fill(chosen);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('heading', { name: 'Hello' }).waitFor();
    return context;
  }
});
