import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { fillLogin } from '../support/login.ts';
import { startServer, type TestServer } from '../support/server.ts';

const FIRST = 'handed over by an operator 1';
const CHOSEN = 'my very own passphrase 1';

/** The hosted pages in a browser that runs no script: nothing is missing, and no step is a dead end. */
describe.skipIf(!browserIsThere)('without JavaScript', () => {
  let server: TestServer;
  let admin: AdminClient;
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let email: string;
  let users = 0;

  beforeAll(async () => {
    server = await startServer();
    admin = await adminClient(server);
    app = await startApp(server);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await server?.remove();
  });

  beforeEach(async () => {
    users += 1;
    email = `user-${users}@example.com`;
    const definition = { loginID: { key: 'email', value: email } };
    await admin.mutate(
      'createUser',
      { definition, password: FIRST, setPasswordExpired: true },
      'user { id }',
    );
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const heading = (on: Page, name: string | RegExp) => on.getByRole('heading', { name, level: 1 }).waitFor();

  async function choose(on: Page, password: string, confirmation = password): Promise<void> {
    await on.getByLabel('New password', { exact: true }).fill(password);
    await on.getByLabel('New password again').fill(confirmation);
    await on.getByRole('button', { name: 'Change password' }).click();
  }

  /** From the app to the forced change. */
  async function toChange(on: Page): Promise<void> {
    await on.goto(app.origin);
    await fillLogin(on, email, FIRST);
    await heading(on, 'Change your password');
  }

  it('makes the first operator', async () => {
    await page.goto(await server.firstRunLink());
    await page.getByLabel('Email address').fill('op@example.com');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Create operator' }).click();
    await page.getByText('Choose a password that satisfies every rule below.').waitFor();
    expect(await page.getByLabel('Email address').inputValue()).toBe('op@example.com');
    await page.getByLabel('Password', { exact: true }).fill(CHOSEN);
    await page.getByRole('button', { name: 'Create operator' }).click();
    await page.getByRole('link', { name: 'Go to the portal' }).waitFor();
    await page.reload();
    await heading(page, 'The first operator is ready');
  });

  it('signs in by way of a new password, each refusal under its field, and lands in the app', async () => {
    await page.goto(app.origin);
    await fillLogin(page, email, 'not the password');
    await page.getByText('This combination is not right.').waitFor();
    expect(await page.getByLabel('Email, phone or username').inputValue()).toBe(email);
    await page.reload();
    await fillLogin(page, email, FIRST);
    await heading(page, 'Change your password');

    await choose(page, 'abc');
    await page.getByText('Choose a password that satisfies every rule below.').waitFor();
    expect(await page.locator('[data-rule=broken]').textContent()).toContain('At least 8 characters');
    await choose(page, CHOSEN, 'something else');
    await page.getByText('The two passwords are not the same.').waitFor();
    await choose(page, FIRST);
    await page.getByText('Not the password you have now').waitFor();
    await choose(page, CHOSEN);
    await heading(page, 'Hello');
    expect(await app.userinfo(app.tokens())).toMatchObject({ email });
    expect(await app.refreshes(app.tokens().refresh_token ?? '')).toBe(true);
  });

  it('shows the settings page, and signs out of it', async () => {
    await page.goto(`${server.origin}/login`);
    await fillLogin(page, email, FIRST);
    await choose(page, CHOSEN);
    await heading(page, 'Your account');
    await page.getByText(`You are signed in as ${email}.`).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'You are signed out');
    await page.goto(`${server.origin}/settings`);
    await heading(page, 'Sign in');
  });

  it('asks before an app ends the session, and keeps it where the answer is no', async () => {
    await toChange(page);
    await choose(page, CHOSEN);
    await heading(page, 'Hello');

    await page.goto(app.signOut());
    await heading(page, 'Sign out?');
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await heading(page, 'Goodbye');
    await page.goto(`${server.origin}/settings`);
    await heading(page, 'Your account');

    await page.goto(app.signOut());
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Goodbye');
    await page.goto(`${server.origin}/settings`);
    await heading(page, 'Sign in');
  });

  it('loses the way neither by going back nor by loading again', async () => {
    await toChange(page);
    await page.reload();
    await heading(page, 'Change your password');
    await page.goBack();
    await page.reload();
    await heading(page, 'Change your password');
    await choose(page, CHOSEN);
    await heading(page, 'Hello');

    await page.goBack();
    await page.reload();
    await heading(page, 'This sign-in has ended');
    await page.getByRole('link', { name: 'Continue to your account' }).click();
    await heading(page, 'Your account');
  });

  it('leads from a step out of order to the right one', async () => {
    await page.goto(app.origin);
    await heading(page, 'Sign in');
    const login = page.url();
    await page.goto(`${login}/change-password`);
    await heading(page, 'Sign in');
    expect(page.url()).toBe(login);
    await fillLogin(page, email, FIRST);
    await heading(page, 'Change your password');
    await page.goto(login);
    expect(page.url()).toBe(`${login}/change-password`);

    await page.getByRole('button', { name: 'Sign in with another account' }).click();
    await heading(page, 'Sign in');
    await page.goto(`${login}/change-password`);
    expect(page.url()).toBe(login);
    await fillLogin(page, email, FIRST);
    await choose(page, CHOSEN);
    await heading(page, 'Hello');
  });

  it('takes two logins at once in two tabs', async () => {
    const other = await context.newPage();
    await toChange(page);
    await other.goto(app.origin);
    await heading(other, 'Sign in');
    await choose(page, CHOSEN);
    await heading(page, 'Hello');
    await fillLogin(other, email, CHOSEN);
    await heading(other, 'Hello');
  });

  it('takes one login in two tabs: the slower one learns that it is over, and goes on', async () => {
    const other = await context.newPage();
    await toChange(page);
    await other.goto(page.url());
    await heading(other, 'Change your password');
    await choose(page, CHOSEN);
    await heading(page, 'Hello');
    await choose(other, 'yet another passphrase 2');
    await heading(other, 'This sign-in has ended');
    await other.getByRole('link', { name: 'Continue to your account' }).click();
    await heading(other, 'Your account');
  });
});
