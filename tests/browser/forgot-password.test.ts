import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { fillLogin } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import { enterPortal } from '../support/operator.ts';
import {
  askForRecovery,
  codeIn,
  endCooldown,
  expireCodes,
  linkIn,
  setPassword,
} from '../support/recovery-pages.ts';
import { type Stage, type StageUser, startStage } from '../support/stage.ts';

const CHOSEN = 'my very own passphrase 1';

describe.skipIf(!browserIsThere)('a forgotten password', () => {
  let stage: Stage;
  let app: TestApp;
  let browser: Browser;
  let readMail: ReturnType<typeof mailReader>;
  /** Where it was forgotten. */
  let page: Page;
  /** Everything that was in the address bar of any browser. */
  let addresses: string[];
  let user: StageUser;
  let users = 0;

  beforeAll(async () => {
    stage = await startStage();
    app = await startApp(stage.server, { hasHome: true, initiatesLogins: true });
    browser = await launchBrowser();
    readMail = mailReader(stage.mail);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await stage?.stop();
  });

  async function openBrowser(): Promise<Page> {
    const opened = await (await browser.newContext({ locale: 'en' })).newPage();
    opened.on('framenavigated', (frame) => void addresses.push(frame.url()));
    return opened;
  }

  beforeEach(async () => {
    users += 1;
    addresses = [];
    user = await stage.addUser(`user-${users}@example.com`);
    await stage.db.query('delete from instance.rate_limits');
    page = await openBrowser();
  });
  afterEach(async () => {
    for (const open of browser.contexts()) await open.close();
  });

  const at = (path: string): string => stage.server.origin + path;
  const heading = (on: Page, name: string | RegExp) => on.getByRole('heading', { name, level: 1 }).waitFor();
  const newMail = () => readMail(user.loginID);

  /** From the app's login to the page that says what was sent. */
  async function askFromApp(method: 'A link' | 'A code'): Promise<void> {
    await page.goto(app.origin);
    await page.getByLabel('Email, phone or username').fill(user.loginID);
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await heading(page, 'Forgot your password?');
    expect(await page.getByLabel('Email, phone or username').inputValue()).toBe(user.loginID);
    await page.getByRole('radio', { name: method }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await heading(page, method === 'A link' ? 'Check your mail' : 'Enter the code');
  }

  async function askOnItsOwn(method: 'A link' | 'A code', loginID = user.loginID): Promise<void> {
    await page.goto(at('/forgot-password'));
    await askForRecovery(page, loginID, method);
    await heading(page, method === 'A link' ? 'Check your mail' : 'Enter the code');
  }

  async function enterCode(code: string): Promise<void> {
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  /** Nobody got in as a side effect. */
  async function isSignedOut(on: Page): Promise<void> {
    await on.goto(at('/settings'));
    await heading(on, 'Sign in');
  }

  describe('by a link', () => {
    it('that is opened in the same browser: on to the login that was begun, with the login ID filled in', async () => {
      await askFromApp('A link');
      await page.goto(linkIn(await newMail()));
      expect(page.url()).toBe(at('/reset-password'));
      await heading(page, 'Choose a new password');
      await page.getByText(`for ${user.loginID}`).waitFor();
      expect(await page.locator('input[autocomplete=username]').inputValue()).toBe(user.loginID);
      await setPassword(page, CHOSEN);
      await heading(page, 'Your password was changed');
      await page.reload();
      await heading(page, 'Your password was changed');

      await page.getByRole('link', { name: 'Continue' }).click();
      await heading(page, 'Sign in');
      await page.getByText('to continue to Test app').waitFor();
      expect(await page.getByLabel('Email, phone or username').inputValue()).toBe(user.loginID);
      await page.getByLabel('Password', { exact: true }).fill(CHOSEN);
      await page.keyboard.press('Enter');
      await heading(page, 'Hello');
      const told = addresses.filter((address) => address.includes('user-') || /token=|%40/.test(address));
      expect(told).toEqual([]);
    });

    it('that is opened in another browser: on to where the app begins a login, and the first login goes on', async () => {
      await askFromApp('A link');
      const other = await openBrowser();
      await other.goto(linkIn(await newMail()));
      await setPassword(other, CHOSEN);
      await heading(other, 'Your password was changed');
      const begun = other.waitForRequest((request) => request.url().startsWith(`${app.origin}/begin`));
      await other.getByRole('link', { name: 'Continue' }).click();
      expect(Object.fromEntries(new URL((await begun).url()).searchParams)).toEqual({
        iss: stage.server.origin,
        login_hint: user.loginID,
      });
      await heading(other, 'Sign in');
      expect(await other.getByLabel('Email, phone or username').inputValue()).toBe(user.loginID);
      await isSignedOut(other);

      await page.getByRole('link', { name: 'Back to sign in' }).click();
      await page.getByText('to continue to Test app').waitFor();
      await fillLogin(page, user.loginID, CHOSEN);
      await heading(page, 'Hello');
    });

    it('of a login that is over meanwhile: on to the app', async () => {
      await askFromApp('A link');
      const link = linkIn(await newMail());
      await page.getByRole('link', { name: 'Back to sign in' }).click();
      await fillLogin(page, user.loginID, user.password);
      await heading(page, 'Hello');
      await page.goto(link);
      await setPassword(page, CHOSEN);
      await page.getByRole('link', { name: 'Continue' }).click();
      await page.waitForURL(/\/login\//);
      await isSignedOut(page);
    });

    it('of no app: on to the account', async () => {
      await askOnItsOwn('A link');
      await page.goto(linkIn(await newMail()));
      await setPassword(page, CHOSEN);
      await page.getByRole('link', { name: 'Continue' }).click();
      await heading(page, 'Sign in');
      expect(await page.getByLabel('Email, phone or username').inputValue()).toBe(user.loginID);
      await page.getByLabel('Password', { exact: true }).fill(CHOSEN);
      await page.keyboard.press('Enter');
      await heading(page, 'Your account');
    });

    it('is opened twice, and by a scanner before, and uses nothing up', async () => {
      await askOnItsOwn('A link');
      const link = linkIn(await newMail());
      await stage.unchanged(
        async () => {
          for (const method of ['HEAD', 'GET', 'OPTIONS']) await fetch(link, { method });
          await page.goto(link);
          await heading(page, 'Choose a new password');
          await page.reload();
          await heading(page, 'Choose a new password');
        },
        { but: ['instance.rate_limits'] },
      );
      const other = await openBrowser();
      await other.goto(link);
      await setPassword(other, CHOSEN);
      await heading(other, 'Your password was changed');

      await setPassword(page, 'another passphrase 2');
      await heading(page, 'This link was used already');
      await page.goto(link);
      await heading(page, 'This link was used already');
      await page.getByRole('link', { name: 'Send a new one' }).click();
      await heading(page, 'Forgot your password?');
      expect(await page.getByLabel('Email, phone or username').inputValue()).toBe(user.loginID);
    });

    it('that ran out says so, and that a new one can be sent', async () => {
      await askOnItsOwn('A link');
      const link = linkIn(await newMail());
      await page.goto(link);
      await expireCodes(stage.db);
      await setPassword(page, CHOSEN);
      await heading(page, 'This link has expired');
      await page.goto(link);
      await heading(page, 'This link has expired');
      await page.getByRole('link', { name: 'Send a new one' }).click();
      await heading(page, 'Forgot your password?');
    });

    it('is void after a reset by an operator', async () => {
      await askOnItsOwn('A link');
      const link = linkIn(await newMail());
      await page.goto(link);
      await heading(page, 'Choose a new password');
      await stage.admin.mutate(
        'resetPassword',
        { userID: user.id, password: 'set by hand 99' },
        'user { id }',
      );
      await setPassword(page, CHOSEN);
      await heading(page, 'This link does not work');
      await page.goto(link);
      await heading(page, 'This link does not work');
      await page.goto(at('/login'));
      await fillLogin(page, user.loginID, 'set by hand 99');
      await heading(page, 'Your account');
    });

    it('is void after a newer one', async () => {
      await askOnItsOwn('A link');
      const first = linkIn(await newMail());
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByText(/^One was asked for less than a minute ago.* wait \d+ seconds/).waitFor();
      await page.reload();
      await heading(page, 'Check your mail');
      await endCooldown(stage.db);
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByText('Another link is on its way.').waitFor();
      const second = linkIn(await newMail());
      await page.goto(first);
      await heading(page, 'This link does not work');
      await page.goto(second);
      await heading(page, 'Choose a new password');
    });

    it('that a mail program cut short says so', async () => {
      await askOnItsOwn('A link');
      const link = linkIn(await newMail());
      await page.goto(link.slice(0, -7));
      await heading(page, 'This address is not complete');
      expect(page.url()).toBe(at('/reset-password'));
      await page.goto(`${link}.`);
      await heading(page, 'Choose a new password');
    });
  });

  describe('by a code', () => {
    it('that is pasted with a space, and back and forth loses nothing', async () => {
      await askFromApp('A code');
      const code = codeIn(await newMail());
      await page.reload();
      await heading(page, 'Enter the code');
      await enterCode(`${code.slice(0, 3)} ${code.slice(3)}`);
      await heading(page, 'Choose a new password');
      await page.goBack();
      await page.reload();
      await heading(page, 'Choose a new password');
      await setPassword(page, 'short', 'short');
      await page.getByText('Choose a password that satisfies every rule below.').waitFor();
      await page.reload();
      await setPassword(page, CHOSEN, 'something else 22');
      await page.getByText('The two passwords are not the same.').waitFor();
      await setPassword(page, CHOSEN);
      await heading(page, 'Your password was changed');
      await page.getByRole('link', { name: 'Continue' }).click();
      await page.getByLabel('Password', { exact: true }).fill(CHOSEN);
      await page.keyboard.press('Enter');
      await heading(page, 'Hello');
    });

    it('wrong five times: nothing but a new one helps, and that not before a minute is over', async () => {
      await askOnItsOwn('A code');
      const code = codeIn(await newMail());
      await enterCode('abc');
      await page.getByText('The code is six digits and nothing else.').waitFor();
      const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
      for (const left of ['4 tries are left', '3 tries are left', '2 tries are left', '1 try is left']) {
        await enterCode(wrong);
        await page.getByText(left).waitFor();
      }
      await enterCode(wrong);
      await heading(page, 'Too many wrong codes');
      await page.reload();
      await heading(page, 'Too many wrong codes');
      await page.getByRole('button', { name: 'Send a new one' }).click();
      await page.getByText(/wait \d+ seconds/).waitFor();
      await endCooldown(stage.db);
      await page.getByRole('button', { name: 'Send a new one' }).click();
      await page.getByText('Another code is on its way.').waitFor();
      const second = codeIn(await newMail());
      if (second !== code) {
        await enterCode(code);
        await page.getByText('4 tries are left').waitFor();
      }
      await enterCode(second);
      await heading(page, 'Choose a new password');
    });

    it('that ran out says so, and a new one is sent from there', async () => {
      await askOnItsOwn('A code');
      const code = codeIn(await newMail());
      await expireCodes(stage.db);
      await enterCode(code);
      await heading(page, 'This code has expired');
      await page.reload();
      await heading(page, 'This code has expired');
      await endCooldown(stage.db);
      await page.getByRole('button', { name: 'Send a new one' }).click();
      await page.getByText('Another code is on its way.').waitFor();
      await enterCode(codeIn(await newMail()));
      await heading(page, 'Choose a new password');
    });

    it('opens nothing without the browser that asked for it', async () => {
      await askOnItsOwn('A code');
      const address = page.url();
      const other = await openBrowser();
      await other.goto(address);
      await heading(other, 'Forgot your password?');
    });
  });

  it('leads from each step out of order to the right one', async () => {
    for (const path of ['/forgot-password/check-mail', '/forgot-password/code', '/reset-password']) {
      await page.goto(at(path));
      await heading(page, 'Forgot your password?');
    }
    await page.goto(at('/reset-password/done'));
    await heading(page, 'Sign in');
    await page.goto(at('/login/no-such-login/forgot-password'));
    await heading(page, 'Forgot your password?');
    await askForRecovery(page, user.loginID, 'A code');
    await heading(page, 'Enter the code');
    await page.goto(at('/forgot-password/check-mail'));
    await heading(page, 'Enter the code');
  });

  it('counts the seconds down until another one may be sent', async () => {
    await askOnItsOwn('A link');
    const seconds = async () => Number(await page.locator('[data-seconds]').textContent());
    const first = await seconds();
    expect(first).toBeGreaterThan(20);
    await expect.poll(seconds).toBeLessThan(first);
  });

  it('of nobody: the same pages, and no mail', async () => {
    const arrived = stage.mail.arrived.length;
    await askOnItsOwn('A link', 'nobody@example.com');
    await page.getByText('If an account goes by nobody@example.com').waitFor();
    await askOnItsOwn('A code', 'nobody-else@example.com');
    for (const left of ['4 tries are left', '3 tries are left', '2 tries are left', '1 try is left']) {
      await enterCode('123456');
      await page.getByText(left).waitFor();
    }
    await enterCode('123456');
    await heading(page, 'Too many wrong codes');
    await endCooldown(stage.db);
    await page.getByRole('button', { name: 'Send a new one' }).click();
    await page.getByText('Another code is on its way.').waitFor();
    expect(stage.mail.arrived.length).toBe(arrived);
  });

  it('of an account without a password: the mail says how it signs in', async () => {
    const without = await stage.addUser(`without-${users}@example.com`, { password: '' });
    await askOnItsOwn('A link', without.loginID);
    const mail = await readMail(without.loginID);
    expect(mail.parsed.text).not.toMatch(/token=/);
  });

  it('is helped by an operator, who sees the mail go and never the link', async () => {
    const operator = { email: 'olga@example.com', password: 'operators open doors 7' };
    const { server } = stage;
    await server.json(
      ['operators', 'create', '--email', operator.email, '--password-stdin'],
      operator.password,
    );
    const portal = await enterPortal(browser, server, operator);
    await portal.goto(at(`/portal/project/home/users/${user.id}/account-security`));
    await portal.getByRole('button', { name: 'Send recovery link' }).click();
    const notice = portal.getByRole('status').filter({ hasText: 'Recovery link requested' });
    await notice.getByText(`To ${user.loginID}`).waitFor();
    await notice.getByText('Sent', { exact: true }).waitFor();
    await page.goto(linkIn(await newMail()));
    await setPassword(page, CHOSEN);
    await heading(page, 'Your password was changed');

    const without = await stage.addUser(`name-${users}`);
    await portal.goto(at(`/portal/project/home/users/${without.id}/account-security`));
    await portal.getByText('Not possible: this user has no email address.').waitFor();
    expect(await portal.getByRole('button', { name: 'Send recovery link' }).isDisabled()).toBe(true);
  });

  it('is only asked for by what somebody could sign in with', async () => {
    await page.goto(at('/forgot-password'));
    for (const [typed, error] of [
      ['', 'Enter what you sign in with.'],
      ['ada@', 'Nobody can sign in with this.'],
    ] as const) {
      await page.getByLabel('Email, phone or username').fill(typed);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText(error).waitFor();
    }
  });
});
