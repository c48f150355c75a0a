import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { type Keyboard, keyboard } from '../support/keyboard.ts';
import { passwordIn } from '../support/login.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';

/** What the user chooses, who therefore cannot be given it again. */
const CHOSEN = 'my very own passphrase 1';
const OPERATOR = { email: 'op@example.com', password: 'operators open doors 7' };

/** No movement: a focus ring stands as soon as it shows. */
const STILL = { reducedMotion: 'reduce' } as const;

/** The main job with no mouse: the focus is always somewhere, shows, and comes back from where it was taken. */
describe.skipIf(!browserIsThere)('with the keyboard alone', () => {
  let mailServer: TestMailServer;
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let hands: Keyboard;

  beforeAll(async () => {
    mailServer = await startMailServer();
    server = await startServer({ env: { SMTP_URL: mailServer.url } });
    await server.json(['settings', 'set', 'passwords.history_size', '3']);
    browser = await launchBrowser();
    page = await (await browser.newContext(STILL)).newPage();
    hands = keyboard(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    await mailServer?.stop();
  });

  const heading = (name: string, on = page) =>
    on.getByRole('heading', { name, exact: true, level: 1 }).waitFor();

  /** Where a page begins after the link that led to it is gone. */
  const isAtContent = () =>
    expect.poll(() => page.evaluate(() => document.activeElement?.id), { message: 'focus' }).toBe('content');

  async function signIn(email: string, password: string, [on, typing]: [Page, Keyboard] = [page, hands]) {
    await heading('Sign in', on);
    await typing.isOn('Email, phone or username');
    await typing.type(email);
    await typing.tabTo('Password');
    await typing.type(password);
    await typing.press('Enter');
  }

  it('becomes the first operator, and signs in', async () => {
    await page.goto(await server.firstRunLink());
    await hands.isOn('Email address');
    await hands.type(OPERATOR.email);
    await hands.tabTo('Password');
    await hands.type(OPERATOR.password);
    await hands.tabTo('Create operator');
    await hands.press('Enter');
    await heading('The first operator is ready');
    await hands.tabTo('Go to the portal');
    await hands.press('Enter');
    await signIn(OPERATOR.email, OPERATOR.password);
    await heading('Users');
    await hands.isOn('Search users');
  });

  it('makes a user', async () => {
    await hands.press('Shift+Tab');
    await hands.isOn('Create user');
    await hands.press('Enter');
    await heading('Create user');
    await hands.isOn('Email');
    await hands.press('Shift+Tab');
    await hands.isOn('Email');
    await hands.press('ArrowRight');
    await hands.isOn('Phone');
    await hands.press('ArrowLeft');
    await hands.tabTo('Email');
    await hands.type('alice@example.com');
    await hands.tabTo('No password');
    await hands.tabTo('Create');
    await hands.press('Enter');
    await heading('alice@example.com');
    await isAtContent();
  });

  async function openForm(): Promise<void> {
    await hands.tabTo('Change Password');
    await hands.press('Enter');
    await changeButton().waitFor();
    await isAtContent();
  }

  const changeButton = () => page.getByRole('button', { name: 'Change', exact: true });
  /** Until what was typed is checked, there is nothing to press. */
  const isChecked = () => expect.poll(() => changeButton().isEnabled()).toBe(true);

  it('changes the password, and has it sent', async () => {
    await hands.tabTo('Account Security');
    await hands.press('Enter');
    await openForm();
    await hands.tabTo('Set a password');
    await hands.press('ArrowDown');
    await hands.isOn('Generate and send automatically');
    await hands.tabTo('Sign out of all sessions');
    await hands.press('Space', 'Space');
    await hands.tabTo('Change');
    await hands.press('Enter');
    await page.getByRole('status').getByText('Sent', { exact: true }).waitFor();
    await heading('alice@example.com');
    await isAtContent();
  });

  it('turns the toggle', async () => {
    await hands.tabTo(/^Ask to change password on login/);
    await hands.press('Space');
    await expect.poll(() => page.getByRole('switch').isChecked()).toBe(false);
    await hands.press('Space');
    await expect.poll(() => page.getByRole('switch').isChecked()).toBe(true);
    await hands.isOn(/^Ask to change password on login/);
  });

  it('is made to change it at the login', async () => {
    const user = await (await browser.newContext(STILL)).newPage();
    const typing = keyboard(user);
    await user.goto(`${server.origin}/login`);
    await signIn('alice@example.com', passwordIn(await mailServer.next()), [user, typing]);
    await heading('Change your password', user);
    await typing.isOn('New password');
    await typing.type('short');
    await typing.tabTo('New password again');
    await typing.type('short');
    await typing.press('Enter');
    await user.getByText('Choose a password that satisfies every rule below.').waitFor();
    await typing.isOn('New password');
    await typing.type(CHOSEN);
    await typing.tabTo('Show New password');
    await typing.press('Space');
    await typing.tabTo('New password again');
    await typing.type(CHOSEN);
    await typing.tabTo('Change password');
    await typing.press('Enter');
    await heading('Your account', user);
    await typing.tabTo('Sign out');
    await typing.press('Enter');
    await heading('You are signed out', user);
    await user.context().close();
  });

  it('stays with what was refused', async () => {
    await page.reload();
    await heading('alice@example.com');
    await openForm();
    await hands.tabTo('Password');
    await hands.type('alice@example.com');
    await hands.tabTo('Generate');
    await hands.press('Enter');
    await isChecked();
    await hands.isOn('Generate');
    await hands.press('Shift+Tab', 'Shift+Tab');
    await hands.isOn('Password');
    await hands.press('Control+a');
    await hands.type(CHOSEN);
    await isChecked();
    await hands.tabTo('Change');
    await hands.press('Enter');
    await page.getByText('Choose a password that satisfies every rule below.').waitFor();
    await hands.isOn('Password');
  });

  it('tries a mail again that failed', async () => {
    await hands.press('Control+a');
    await hands.type('walnut orbit 73 kettle');
    await hands.tabTo(/^Send the password/);
    await hands.press('Space');
    mailServer.refuse('550 5.1.1 nobody of that name here');
    await isChecked();
    await hands.tabTo('Change');
    await hands.press('Enter');
    await heading('alice@example.com');
    await page.locator('section').getByText('550 5.1.1 nobody').waitFor();
    await isAtContent();
    await hands.tabTo(/^Retry/);
    await hands.press('Enter');
    await page.locator('section').getByText('Sent', { exact: true }).nth(1).waitFor();
    await isAtContent();
    await mailServer.next();
  });

  it('skips to the content', async () => {
    await page.reload();
    await heading('alice@example.com');
    await hands.press('Tab');
    await hands.isOn('Skip to content');
    await hands.press('Enter');
    await isAtContent();
    await hands.press('Tab');
    await hands.isOn('Users');
  });

  it('finds a user with Ctrl-K, and comes back where it does not go on', async () => {
    await hands.tabTo('Account Security');
    await hands.press('Control+k');
    await hands.isOn('Find a user or a page');
    await hands.press('Escape');
    await hands.isOn('Account Security');

    await hands.press('Control+k');
    await hands.isOn('Find a user or a page');
    await hands.type('Admin');
    await hands.press('Enter');
    await heading('Admin API');

    await hands.press('Control+k');
    await hands.isOn('Find a user or a page');
    await hands.type('alice');
    await page.getByRole('dialog').getByText('alice@example.com').waitFor();
    await hands.press('Enter');
    await heading('alice@example.com');
    await isAtContent();
  });

  it('comes back from a question to where it was asked', async () => {
    await page.goto(`${server.origin}/portal/project/home/advanced/admin-api`);
    await heading('Admin API');
    await hands.tabTo('Create key');
    await hands.press('Enter');
    await hands.isOn('Private key');
    await hands.tabTo('Copy private key');
    await hands.tabTo('Download');
    await hands.tabTo('Done');
    await hands.press('Enter');
    await hands.tabTo('Close without it');
    await hands.press('Enter');
    await hands.isOn('Create key');

    await hands.tabTo(/^Revoke key/);
    await hands.press('Enter');
    await hands.isOn('Cancel');
    await hands.tabTo('Revoke');
    await hands.tabTo('Cancel');
    await hands.press('Escape');
    await hands.isOn(/^Revoke key/);
    await hands.press('Enter');
    await hands.isOn('Cancel');
    await hands.tabTo('Revoke');
    await hands.press('Enter');
    await page.getByText('Key revoked').waitFor();
    await isAtContent();
  });

  it('comes back from the question whether to leave a form', async () => {
    await hands.press('Control+k');
    await hands.isOn('Find a user or a page');
    await hands.type('Create user');
    await page.getByRole('dialog').getByText('Create user').waitFor();
    await hands.press('Enter');
    await heading('Create user');
    await hands.isOn('Email');
    await hands.type('bob@example.com');
    await hands.tabTo('Cancel');
    await hands.press('Enter');
    await hands.isOn('Keep editing');
    await hands.press('Enter');
    await hands.isOn('Cancel');
    await hands.press('Enter');
    await hands.tabTo('Leave');
    await hands.press('Enter');
    await heading('Users');
    await hands.isOn('Search users');
  });

  it('goes through the account menu, and back', async () => {
    await page.goto(`${server.origin}/portal/project/home/users`);
    await hands.isOn('Search users');
    await hands.press('Shift+Tab', 'Shift+Tab');
    await hands.isOn(/^Account of/);
    await hands.press('Enter');
    await hands.isOn('Light');
    await hands.press('ArrowDown');
    await hands.isOn('Dark');
    await hands.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme))
      .toBe('dark');
    await hands.press('Escape');
    await hands.isOn(/^Account of/);
    await hands.press('Enter');
    await hands.isOn('Light');
    await hands.press('ArrowUp');
    await hands.isOn('Sign out');
    await hands.press('Enter');
    await heading('Sign in');
  });

  it('reaches nothing that is out of view on a narrow screen, and all of it through the menu', async () => {
    const narrow = await (
      await browser.newContext({ ...STILL, viewport: { width: 360, height: 800 } })
    ).newPage();
    const typing = keyboard(narrow);
    await narrow.goto(`${server.origin}/portal/`);
    await signIn(OPERATOR.email, OPERATOR.password, [narrow, typing]);
    await heading('Users', narrow);
    await typing.isOn('Search users');
    await typing.press('Shift+Tab');
    await typing.isOn('Create user');
    await typing.press('Shift+Tab');
    await typing.isOn('Find');
    await typing.press('Shift+Tab');
    await typing.isOn('Open menu');
    await typing.press('Enter');
    await typing.isOn('Close menu');
    await typing.tabTo('Admin API');
    await typing.press('Enter');
    await heading('Admin API', narrow);
    await expect.poll(() => narrow.getByRole('button', { name: 'Open menu' }).isVisible()).toBe(true);
    await typing.tabTo('Create key');
    await narrow.context().close();
  });
});
