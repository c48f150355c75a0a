import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { keyboard } from '../support/keyboard.ts';
import { type Account, enterPortal } from '../support/operator.ts';
import { freePort } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';
import { type Stage, startStage } from '../support/stage.ts';

const OWNER: Account = { email: 'olga@example.com', password: 'operators open doors 7' };
const EDITOR: Account = { email: 'edith@example.com', password: 'editors edit users 7' };
const SMTP_PASSWORD = 'smtp-pass-93';

/** The pages on which owners set up a project. */
describe.skipIf(!browserIsThere)('settings in the portal', () => {
  let stage: Stage;
  let browser: Browser;
  let page: Page;
  /** A mail server that wants to know who one is. */
  let guarded: TestMailServer;

  beforeAll(async () => {
    stage = await startStage({ SMTP_URL: '' });
    guarded = await startMailServer(0, { user: 'mailer', password: SMTP_PASSWORD });
    browser = await launchBrowser();
    for (const [{ email, password }, role] of [
      [OWNER, 'owner'],
      [EDITOR, 'editor'],
    ] as const) {
      await stage.server.json(
        ['operators', 'create', '--email', email, '--role', role, '--password-stdin'],
        password,
      );
    }
    page = await enterPortal(browser, stage.server, OWNER);
    // A form that a test leaves dirty asks first.
    page.on('dialog', (dialog) => void dialog.accept());
  });
  afterAll(async () => {
    await browser?.close();
    await guarded?.stop();
    await stage?.stop();
  });
  beforeEach(async () => {
    await stage.db.query("delete from settings where project_id = 'home'");
    await stage.db.query("update instance.projects set revision = revision + 1 where id = 'home'");
  });

  async function open(path: string, heading: string, on = page): Promise<void> {
    await on.goto(`${stage.server.origin}/portal/project/home${path}`);
    await on.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await on.locator('#content form').first().waitFor();
  }
  const passwords = (on = page) => open('/authentication/passwords', 'Passwords', on);
  const mail = (on = page) => open('/messages/mail', 'Mail', on);

  const field = (label: string, on = page) => on.getByLabel(label, { exact: true });
  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
  const saved = async () => page.getByRole('status').filter({ hasText: 'Settings saved' }).last().waitFor();
  const setting = async (key: string) =>
    (await stage.server.json<Record<string, unknown>>(['settings', 'get', key]))[key];

  it('are saved together, shown anew, and in force at the next request', async () => {
    await passwords();
    await field('Least number of characters').fill('15');
    await field('A digit (0–9)').check();
    await page.getByRole('combobox', { name: 'Words that no password' }).fill('acme, road runner');
    await page.keyboard.press('Enter');
    await page.getByLabel('Least strength').selectOption({ label: '3 – Fair' });
    await button('Save').click();
    await saved();
    await expect.poll(() => button('Save').count()).toBe(0);
    expect(await setting('passwords.min_length')).toBe(15);
    expect(await setting('passwords.digit_required')).toBe(true);
    expect(await setting('passwords.excluded_keywords')).toEqual(['acme', 'road runner']);
    expect(await setting('passwords.minimum_guessable_level')).toBe(3);
    const { data } = await stage.admin.ask('{ passwordPolicy { minLength } }');
    expect(data.passwordPolicy.minLength).toBe(15);
    await passwords();
    expect(await field('Least number of characters').inputValue()).toBe('15');
  });

  it('say beside the field what is wrong, put the focus there, and save nothing', async () => {
    await passwords();
    await field('A digit (0–9)').check();
    await field('Least number of characters').fill('0');
    await button('Save').click();
    await page.getByText('Enter a whole number from 1 to 128.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('setting-passwords-min_length');
    expect(await setting('passwords.digit_required')).toBe(false);
    await button('Discard').click();
    expect(await field('Least number of characters').inputValue()).toBe('8');

    await open('/settings/general', 'General');
    await field('Address of the logo').fill('http://example.com/logo.svg');
    await field('Color of buttons and links').fill('#112233');
    await button('Save').click();
    await page.getByText('https only; null shows').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('setting-branding-logo_url');
    expect(await setting('branding.primary_color')).toBeNull();
  });

  it('ask before unsaved changes are left', async () => {
    await passwords();
    await field('A digit (0–9)').check();
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByText('Leave without saving?').waitFor();
    await button('Keep editing').click();
    expect(await field('A digit (0–9)').isChecked()).toBe(true);
    await field('A digit (0–9)').uncheck();
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  });

  it('are tried on a password before they are saved', async () => {
    await passwords();
    const rule = (words: string) => page.getByRole('listitem').filter({ hasText: words });
    await field('Password to try').fill('walnut orbit');
    await rule('At least 8 characters').filter({ hasText: '(satisfied)' }).waitFor();
    await field('Least number of characters').fill('20');
    await rule('At least 20 characters').filter({ hasText: '(not satisfied)' }).waitFor();
    expect(await stage.tablesWith('walnut orbit')).toEqual([]);
    await button('Discard').click();
  });

  it('are read by an editor, who is told why they cannot be changed', async () => {
    const edith = await enterPortal(browser, stage.server, EDITOR);
    await passwords(edith);
    await edith.getByText('that is for owners of the project').waitFor();
    await expect.poll(() => field('A digit (0–9)', edith).isDisabled()).toBe(true);
    expect(await field('Least number of characters', edith).getAttribute('readonly')).not.toBeNull();
    await mail(edith);
    await edith.getByText('This project has no mail server of its own.').waitFor();
    expect(await button('Set a mail server', edith).count()).toBe(0);
    expect(await button('Send a test mail', edith).count()).toBe(0);
    await edith.close();
  });

  it('are found with Ctrl-K, and changed with the keyboard alone', async () => {
    await open('/settings/general', 'General');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Find a user or a page').fill('login meth');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Login methods' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#content').focus();
    const hands = keyboard(page);
    await hands.tabTo(/^People may create an account/);
    await hands.press('Space');
    await hands.tabTo('Save');
    await hands.press('Enter');
    await saved();
    expect(await setting('login.signup_enabled')).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Login methods',
    );
  });

  it('rename the project', async () => {
    await open('/settings/general', 'General');
    await button('Rename').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Acme & Sons');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Project renamed').waitFor();
    await page.getByRole('navigation').or(page.locator('#navigation')).getByText('Acme & Sons').waitFor();
  });

  describe('for mail', () => {
    const enter = async (address: string) => {
      await mail();
      await button('Set a mail server').click();
      await field('Host').fill(address);
    };
    const send = () => button('Send a test mail').click();
    const told = (words: string) => page.getByRole('status').getByText(words).first().waitFor();

    it('lead there from the notice that no mail server is set', async () => {
      await passwords();
      await page.getByRole('link', { name: 'Set a mail server' }).click();
      await page.getByRole('heading', { level: 1, name: 'Mail' }).waitFor();
    });

    it('tell a wrong password in the mail server’s words, before anything is saved', async () => {
      await enter(guarded.url.replace('//', '//mailer:wrong@'));
      expect(await field('Host').inputValue()).toBe('127.0.0.1');
      expect(await field('User name').inputValue()).toBe('mailer');
      await send();
      await told('535 5.7.8 Authentication credentials invalid');
      expect(await setting('messages.smtp_url')).toBeNull();

      await field('Password').fill(SMTP_PASSWORD);
      await send();
      await told('The mail server took the mail');
      expect((await guarded.next()).recipients).toEqual([OWNER.email]);
      await button('Save').click();
      await saved();
      await page.getByText("Leave through this project's own mail server").waitFor();
      await page.getByText('Signs in with a user name and password').waitFor();
      expect(await page.content()).not.toContain(SMTP_PASSWORD);
      expect(await stage.tablesWith(SMTP_PASSWORD)).toEqual([]);
      await expect.poll(() => page.getByText('No mail server is set').count()).toBe(0);
      await send();
      await told('The mail server took the mail');
      await guarded.next();
    });

    it('tell an unknown recipient, and a sender that is refused', async () => {
      await enter(stage.mail.url);
      await field('To').fill('nobody@example.com');
      stage.mail.refuse('550 5.1.1 <nobody@example.com>: User unknown');
      await send();
      await told('User unknown');
      await field('Address').fill('ceo@other.example');
      stage.mail.refuse('553 5.7.1 <ceo@other.example>: Sender address rejected: not owned by user');
      await send();
      await told('not owned by user');
      await button('Discard').click();
    });

    it('tell that no mail server answers, in words that do not tell why', async () => {
      await enter(`smtp://127.0.0.1:${await freePort()}`);
      await send();
      await expect
        .poll(() => page.getByRole('status').filter({ hasText: 'No mail server' }).count(), {
          timeout: 15_000,
        })
        .toBe(1);
      expect(await page.content()).not.toContain('ECONNREFUSED');
      await button('Discard').click();
    });

    it('say what is wrong with an address beside its part', async () => {
      await enter('mail example.com');
      await button('Save').click();
      await page.getByText('Enter the name of the mail server').waitFor();
      await field('Host').fill('mail.example.com');
      await field('Port').fill('70000');
      await send();
      await page.getByText('Enter a port from 1 to 65535.').waitFor();
      expect(await setting('messages.smtp_url')).toBeNull();
      await button('Discard').click();
    });
  });
});
