import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { fillLogin } from '../support/login.ts';
import { PICTURED, picturedPort, takePicture } from '../support/pictures.ts';
import { startServer, type TestServer } from '../support/server.ts';

const OPERATOR = { email: 'operator@example.com', password: 'operators open doors 7' };
const ADA = 'ada.lovelace@example.com';
const PATIENCE_MS = 30_000;
const CHOSEN = 'my very own passphrase 1';
const CHOSEN_LATER = 'another passphrase of mine 2';

/** Walks docs/tour.md from its first line to its last, and takes its pictures where it is asked to. */
describe.skipIf(!browserIsThere)('the tour', () => {
  let server: TestServer;
  let browser: Browser;
  let portal: Page;
  let user: Page;

  beforeAll(async () => {
    server = await startServer({ args: ['--demo'], port: picturedPort });
    browser = await launchBrowser();
    portal = await (await browser.newContext(PICTURED)).newPage();
    user = await (await browser.newContext(PICTURED)).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const card = (page: Page) => page.locator('main > *').first();
  const screen = () =>
    portal.locator('#content h1').locator('xpath=ancestor::div[contains(@class, "page")][1]');

  /** Opens the newest mail of the mailbox with this subject; returns its text. */
  async function openMail(subject: RegExp): Promise<string> {
    await portal.goto(`${server.origin}/portal/project/demo/messages/mailbox`);
    const link = portal.getByRole('link', { name: subject }).first();
    await expect
      .poll(
        async () => {
          await portal.reload();
          await portal.getByRole('heading', { name: 'Mailbox' }).waitFor();
          return link.isVisible();
        },
        { timeout: PATIENCE_MS },
      )
      .toBe(true);
    await link.click();
    await portal.getByRole('tab', { name: 'Text' }).click();
    const text = await portal.getByRole('tabpanel').textContent();
    await portal.getByRole('tab').first().click();
    return text ?? '';
  }

  it('makes the first operator', async () => {
    await portal.goto(await server.firstRunLink());
    await portal.getByLabel('Email address').fill(OPERATOR.email);
    await portal.getByLabel('Password', { exact: true }).fill(OPERATOR.password);
    await portal.getByRole('button', { name: 'Create operator' }).click();
    await portal.getByRole('link', { name: 'Go to the portal' }).click();
    await fillLogin(portal, OPERATOR.email, OPERATOR.password);
    await portal.getByRole('heading', { name: 'Users', exact: true }).waitFor();
  });

  it('finds a user and sends her a password', async () => {
    await portal.goto(`${server.origin}/portal/project/demo/users`);
    await portal
      .getByRole('searchbox')
      .or(portal.getByPlaceholder(/search/i))
      .first()
      .fill('ada love');
    await portal.getByRole('link', { name: 'Ada Lovelace' }).click();
    await portal.getByRole('link', { name: 'Account Security' }).click();
    await portal.getByRole('link', { name: 'Change Password' }).click();
    await portal.getByRole('textbox', { name: 'Password', exact: true }).fill('walnut orbit 73 kettle');
    await portal.getByRole('button', { name: 'Show password' }).click();
    await portal.getByLabel("Send the password to user's email").check();
    await portal.locator('button[type=submit]:enabled').waitFor();
    await takePicture(portal, portal.locator('[data-narrow]'), 'change-password');
    await portal.getByRole('radio', { name: 'Generate and send automatically' }).check();
    await portal.getByRole('button', { name: 'Change', exact: true }).click();
    await portal.getByText('Password changed').first().waitFor();
  });

  it('lets her sign in with it, and choose her own', async () => {
    const text = await openMail(/new password|Your password/i);
    await takePicture(portal, screen(), 'mail');
    const password =
      text
        .split('\n')
        .map((line) => line.trim())
        .find((line) => /^\S{8,}$/.test(line) && !line.includes('/')) ?? '';
    await user.goto(`http://demo.localhost:${server.port}/login`);
    await fillLogin(user, ADA, password);
    await user.getByRole('heading', { name: 'Change your password' }).waitFor();
    await user.getByLabel('New password', { exact: true }).fill(CHOSEN);
    await user.getByText('satisfied').first().waitFor({ state: 'attached' });
    await takePicture(user, card(user), 'choose-a-password');
    await user.getByLabel('New password again').fill(CHOSEN);
    await user.getByRole('button', { name: 'Change password' }).click();
    await user.getByRole('heading', { name: 'Your account' }).waitFor();
  });

  it('lets her set another one with a link, once she has forgotten it', async () => {
    await user.getByRole('button', { name: 'Sign out' }).click();
    await user.goto(`http://demo.localhost:${server.port}/login`);
    await user.getByRole('link', { name: 'Forgot password?' }).click();
    await user.getByLabel('Email, phone or username').fill(ADA);
    await user.getByRole('radio', { name: 'A link' }).check();
    await user.getByRole('button', { name: 'Continue' }).click();
    await user.getByRole('heading', { name: 'Check your mail' }).waitFor();
    await takePicture(user, card(user), 'forgot-password');

    const link = /https?:\/\/\S+token=\S+/.exec(await openMail(/new password/i))?.[0] ?? '';
    await user.goto(link);
    expect(user.url()).not.toContain('token');
    await user.getByLabel('New password', { exact: true }).fill(CHOSEN_LATER);
    await user.getByLabel('New password again').fill(CHOSEN_LATER);
    await user.getByRole('button', { name: 'Set password' }).click();
    await user.getByRole('link', { name: 'Continue' }).click();
    await user.getByRole('heading', { name: 'Sign in' }).waitFor();
    await user.getByLabel('Password', { exact: true }).fill(CHOSEN_LATER);
    await user.getByRole('button', { name: 'Sign in' }).click();
    await user.getByRole('heading', { name: 'Your account' }).waitFor();
  });

  it('shows what happened to the account', async () => {
    await portal.goto(`${server.origin}/portal/project/demo/users?q=ada+love`);
    await portal.getByRole('link', { name: 'Ada Lovelace' }).click();
    await portal.getByRole('link', { name: 'Activity' }).click();
    await portal.getByRole('listitem').nth(2).or(portal.getByRole('row').nth(2)).first().waitFor();
    await takePicture(portal, screen(), 'activity');
  });
});
