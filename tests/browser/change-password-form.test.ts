import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { passwordIn } from '../support/login.ts';
import { type Account, enterPortal } from '../support/operator.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';

const OWNER: Account = { email: 'olga@example.com', password: 'operators open doors 7' };
const EDITOR: Account = { email: 'edith@example.com', password: 'editors edit users 7' };
const VIEWER: Account = { email: 'vera@example.com', password: 'viewers see it all 7' };

/** The rules of the project in which they are many, in the order of the checklist. */
const STRICT: Record<string, string> = {
  min_length: '12',
  uppercase_required: 'true',
  digit_required: 'true',
  symbol_required: 'true',
  minimum_guessable_level: '3',
  excluded_keywords: 'acme',
  history_size: '3',
};

/** A password that keeps them. */
const STRICT_PASSWORD = 'Walnut orbit 73!';

/** Every element of the form *Change Password*, and what follows it. */
describe.skipIf(!browserIsThere)('Change Password', () => {
  let stage: Stage;
  let browser: Browser;
  let strict: AdminClient;
  let page: Page;
  let users = 0;

  beforeAll(async () => {
    stage = await startStage();
    const { server } = stage;
    browser = await launchBrowser();
    const { projectID } = await server.json<{ projectID: string }>([
      'projects',
      'create',
      '--name',
      'Strict',
    ]);
    for (const [rule, value] of Object.entries(STRICT)) {
      await server.json(['settings', 'set', `passwords.${rule}`, value, '--project', projectID]);
    }
    strict = await adminClient(server, projectID);
    const make = ({ email, password }: Account, ...role: string[]) =>
      server.json(['operators', 'create', '--email', email, '--password', password, ...role]);
    await make(OWNER);
    await make(EDITOR, '--role', 'editor');
    await make(VIEWER, '--role', 'viewer');
    await server.json(['operators', 'create', '--email', OWNER.email, '--project', projectID]);
    page = await enter(OWNER);
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
  });

  const enter = (account: Account) =>
    enterPortal(browser, stage.server, account, { permissions: ['clipboard-read', 'clipboard-write'] });

  const addUser = (options: { project?: AdminClient; password?: string } = {}) =>
    stage.addUser(`user-${++users}@example.com`, options);

  const addressOf = ({ id }: Pick<StageUser, 'id'>, project = 'home') =>
    `${stage.server.origin}/portal/project/${project}/users/${id}/account-security`;

  async function openForm(user: Pick<StageUser, 'id'>, { on = page, project = 'home' } = {}): Promise<void> {
    await on.goto(`${addressOf(user, project)}/change-password`);
    await on.getByRole('heading', { name: 'Change Password' }).waitFor();
    await on.getByLabel('Ask user to change password on login').waitFor();
  }

  const field = (on = page) => on.getByRole('textbox', { name: 'Password', exact: true });
  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
  const send = (on = page) => on.getByLabel("Send the password to user's email");
  const mode = (name: string) => page.getByRole('radio', { name });
  const rule = (words: string) => page.getByRole('listitem').filter({ hasText: words });
  const notice = (on = page) => on.getByRole('status');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const ready = (on = page) => expect.poll(() => button('Change', on).isEnabled()).toBe(true);

  /** What stands under the field, as a screen reader reads it. */
  const descriptionOfField = () =>
    field().evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    );

  /** Presses *Change* and waits until the portal is back at Account Security. */
  async function change(on = page): Promise<void> {
    await ready(on);
    await button('Change', on).click();
    await notice(on).getByText('Password changed').waitFor();
    await on.waitForURL('**/account-security');
  }

  const passwordOf = async ({ uuid }: StageUser) => {
    const { rows } = await stage.db.query(
      `select id, expire_after from authenticators where user_id = $1 and type = 'password'`,
      [uuid],
    );
    return rows[0] as { expire_after: Date | null } | undefined;
  };

  /** The heading that somebody sees who signs in with this. */
  async function signInWith(loginID: string, password: string): Promise<string> {
    const someone = await stage.visitor();
    return (await someone.signIn(await stage.settings(someone), loginID, password)).heading;
  }

  describe('its elements', () => {
    it('shows the address, and starts with typing, nothing sent, a change asked for, sessions ended', async () => {
      const user = await addUser();
      await openForm(user);
      const email = page.getByRole('textbox', { name: 'Email' });
      expect([await email.inputValue(), await email.isEditable()]).toEqual([user.loginID, false]);
      expect(await mode('Set a password').isChecked()).toBe(true);
      expect(await send().isChecked()).toBe(false);
      expect(await page.getByLabel('Ask user to change password on login').isChecked()).toBe(true);
      expect(await page.getByLabel('Sign out of all sessions').isChecked()).toBe(true);
      expect(await button('Change').isDisabled()).toBe(true);
      expect(await button('Copy').isDisabled()).toBe(true);
      expect(await field().getAttribute('autocomplete')).toBe('new-password');
    });

    it('shuts the field and locks the sending where the password is generated automatically', async () => {
      await openForm(await addUser());
      await field().fill('typed before');
      await mode('Generate and send automatically').check();
      expect(await field().isDisabled()).toBe(true);
      expect(await field().inputValue()).toBe('');
      expect(await button('Generate').isDisabled()).toBe(true);
      expect([await send().isChecked(), await send().isDisabled()]).toEqual([true, true]);
      expect(await button('Change').isEnabled()).toBe(true);
      await mode('Set a password').check();
      expect(await field().inputValue()).toBe('typed before');
      expect([await send().isChecked(), await send().isDisabled()]).toEqual([false, false]);
    });

    it('offers no sending, with the reason, to a user without an e-mail address', async () => {
      await openForm(await stage.addUser('bob'));
      expect(await page.getByRole('textbox', { name: 'Email' }).count()).toBe(0);
      expect(await page.getByRole('radio').count()).toBe(0);
      expect([await send().isChecked(), await send().isDisabled()]).toEqual([false, true]);
      await page.getByText('Not possible: this user has no email address.').waitFor();
    });

    it('ticks the rules while typing, and can be sent once all are kept', async () => {
      const user = await addUser({ project: strict, password: STRICT_PASSWORD });
      await openForm(user, { project: strict.projectID });
      const words = {
        length: 'At least 12 characters',
        upper: 'An uppercase letter (A–Z)',
        digit: 'A digit (0–9)',
        symbol: 'A symbol, such as ! or #',
        strength: 'At least this strong: Fair',
        keyword: 'No login ID of the user, project name or forbidden word',
      };
      const kept = async () => {
        const states = Object.entries(words).map(async ([name, text]) => {
          const state = await rule(text).getAttribute('data-state');
          return state === 'met' ? name : `not ${name}`;
        });
        return (await Promise.all(states)).join(', ');
      };
      const steps: [typed: string, kept: string][] = [
        ['', 'not length, not upper, not digit, not symbol, not strength, not keyword'],
        ['a', 'not length, not upper, not digit, not symbol, not strength, keyword'],
        ['A1', 'not length, upper, digit, not symbol, not strength, keyword'],
        ['ACME walnut 1!', 'length, upper, digit, symbol, strength, not keyword'],
        [`A1! ${user.loginID}`, 'length, upper, digit, symbol, strength, not keyword'],
        [STRICT_PASSWORD, 'length, upper, digit, symbol, strength, keyword'],
      ];
      for (const [typed, expected] of steps) {
        await field().fill(typed);
        await expect.poll(kept, { message: typed }).toBe(expected);
        await expect.poll(() => button('Change').isEnabled()).toBe(!expected.includes('not'));
      }
      const meter = page.getByRole('meter', { name: 'Password strength' });
      expect(await meter.getAttribute('aria-valuetext')).toBe('Strong');
      await page.getByRole('button', { name: 'Show password' }).click();
      expect(await field().getAttribute('type')).toBe('text');
    });

    it('generates a password that keeps every rule, and copies it', async () => {
      await openForm(await addUser({ project: strict, password: STRICT_PASSWORD }), {
        project: strict.projectID,
      });
      await button('Generate').click();
      await ready();
      const generated = await field().inputValue();
      expect(generated.length).toBeGreaterThanOrEqual(32);
      expect(await page.getByText('(not satisfied)').count()).toBe(0);
      await button('Copy').click();
      await expect.poll(clipboard).toBe(generated);
      await button('Generate').click();
      await expect.poll(() => field().inputValue()).not.toBe(generated);
    });

    it('says beside the field what only the server could know', async () => {
      const user = await addUser({ project: strict, password: STRICT_PASSWORD });
      await openForm(user, { project: strict.projectID });
      await field().fill(STRICT_PASSWORD);
      await ready();
      await button('Change').click();
      await expect.poll(descriptionOfField).toContain('Choose a password that satisfies every rule below.');
      await rule("None of the user's previous passwords (not satisfied)").waitFor();
      expect(await button('Change').isDisabled()).toBe(true);
      await field().fill('Walnut orbit 74!');
      await expect.poll(descriptionOfField).not.toContain('Choose a password');
      await change();
    });

    it('lets nobody type where the project takes that away', async () => {
      await stage.server.json(['settings', 'set', 'passwords.typing_by_operators', 'false']);
      try {
        await openForm(await addUser({ password: '' }));
        await page.getByText('In this project, operators do not type passwords').waitFor();
        expect(await field().count()).toBe(0);
        expect([await send().isChecked(), await send().isDisabled()]).toEqual([true, true]);
        expect(await button('Change').isEnabled()).toBe(true);
        await openForm(await stage.addUser('carol', { password: '' }));
        await page.getByText('this user has no email address that a generated one').waitFor();
        expect(await button('Change').isDisabled()).toBe(true);
      } finally {
        await stage.server.json(['settings', 'set', 'passwords.typing_by_operators', 'true']);
      }
    });
  });

  describe('what follows', () => {
    it('keeps what was typed and chosen, and says what happened', async () => {
      const user = await addUser();
      await openForm(user);
      await field().fill('typed by hand 2026!');
      await page.getByLabel('Ask user to change password on login').uncheck();
      await change();
      await notice().getByText('All sessions are ended.').waitFor();
      expect(await notice().getByText('A new one must be chosen').count()).toBe(0);
      expect(await passwordOf(user)).toMatchObject({ expire_after: null });
      expect(await signInWith(user.loginID, STAGE_PASSWORD)).toBe('Sign in');
      expect(await signInWith(user.loginID, 'typed by hand 2026!')).toBe('Your account');
    });

    it("shows a failed delivery in the mail server's words; Retry then delivers the same password", async () => {
      const user = await addUser();
      stage.mail.refuse('550 5.1.1 nobody of that name here');
      await openForm(user);
      await mode('Generate and send automatically').check();
      await change();
      await notice().getByText('550 5.1.1 nobody of that name here').waitFor();
      await notice().getByText('Failed', { exact: true }).waitFor();
      await notice().getByRole('button', { name: 'Retry' }).click();
      const mail = await stage.mail.next();
      expect(mail.recipients).toEqual([user.loginID]);
      await notice().getByText('Sent', { exact: true }).waitFor();
      await page.locator('section').getByText('Sent', { exact: true }).waitFor();
      expect(await signInWith(user.loginID, passwordIn(mail))).toBe('Change your password');
    });

    it('acts at once on the toggle', async () => {
      const user = await addUser();
      await page.goto(addressOf(user));
      const toggle = page.getByRole('switch', { name: 'Ask to change password on login' });
      expect(await toggle.isChecked()).toBe(false);
      await toggle.click();
      await expect.poll(() => toggle.isChecked()).toBe(true);
      await expect.poll(async () => (await passwordOf(user))?.expire_after).toBeInstanceOf(Date);
      await page.getByText('The next login must choose a new password before it gets in.').waitFor();
      await page.reload();
      await expect.poll(() => toggle.isChecked()).toBe(true);
      await toggle.click();
      await expect.poll(() => toggle.isChecked()).toBe(false);
      await expect.poll(async () => (await passwordOf(user))?.expire_after).toBeNull();
    });
  });

  describe('leaving', () => {
    const leaveQuestion = () => page.getByRole('dialog', { name: 'Leave without saving?' });
    const lostQuestion = () => page.getByRole('dialog', { name: 'Copy the password now' });

    it('asks where something was entered, whichever way one goes', async () => {
      const user = await addUser();
      await page.goto(addressOf(user));
      await page.getByRole('link', { name: 'Change Password' }).click();
      await field().fill('typed by hand 2026!');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await leaveQuestion().waitFor();
      await page.keyboard.press('Escape');
      await leaveQuestion().waitFor({ state: 'hidden' });
      expect(await field().inputValue()).toBe('typed by hand 2026!');

      await page.evaluate(() => history.back());
      await leaveQuestion().waitFor();
      await button('Keep editing').click();
      await page.getByRole('link', { name: 'Users', exact: true }).first().click();
      await button('Leave').click();
      await page.getByRole('heading', { name: 'Users', exact: true }).waitFor();
    });

    it('has the browser ask before the tab is closed', async () => {
      const tab = await page.context().newPage();
      await openForm(await addUser(), { on: tab });
      await field(tab).fill('typed by hand 2026!');
      const asked = tab.waitForEvent('dialog');
      await tab.close({ runBeforeUnload: true });
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await Promise.all([tab.waitForEvent('close'), dialog.accept()]);
    });

    it('does not ask where nothing was entered', async () => {
      await openForm(await addUser());
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.waitForURL('**/account-security');
    });

    it('asks before a generated password is lost, and offers it once more', async () => {
      const user = await addUser();
      await page.goto(addressOf(user));
      await page.getByRole('link', { name: 'Change Password' }).click();
      await button('Generate').click();
      await ready();
      const generated = await field().inputValue();
      await button('Change').click();
      await lostQuestion().getByText(generated).waitFor();
      await page.keyboard.press('Escape');
      await page.evaluate(() => history.back());
      expect(await lostQuestion().isVisible()).toBe(true);
      await lostQuestion().getByRole('button', { name: 'Copy and continue' }).click();
      await lostQuestion().waitFor({ state: 'hidden' });
      expect(await clipboard()).toBe(generated);
      expect(await signInWith(user.loginID, generated)).toBe('Change your password');
    });

    it('does not ask where it was copied, or is sent', async () => {
      const user = await addUser();
      await openForm(user);
      await button('Generate').click();
      await ready();
      await button('Copy').click();
      await change();
      await openForm(user);
      await button('Generate').click();
      await send().check();
      await change();
      expect((await stage.mail.next()).recipients).toEqual([user.loginID]);
    });
  });

  describe('who may', () => {
    it('lets a viewer see, and not act', async () => {
      const viewer = await enter(VIEWER);
      const user = await addUser();
      await viewer.goto(addressOf(user));
      const toggle = viewer.getByRole('switch', { name: 'Ask to change password on login' });
      await toggle.waitFor();
      expect(await toggle.isDisabled()).toBe(true);
      expect(await viewer.getByRole('link', { name: 'Change Password' }).count()).toBe(0);
      await viewer.goto(`${addressOf(user)}/change-password`);
      await viewer.getByText('You cannot change this password').waitFor();
      expect(await field(viewer).count()).toBe(0);
      await viewer.context().close();
    });

    it('tells an editor why an owner is out of reach, and changes nothing', async () => {
      const editor = await enter(EDITOR);
      const { rows } = await stage.db.query('select user_id from identities where original = $1', [
        OWNER.email,
      ]);
      const owner = { id: Buffer.from(`User:${rows[0].user_id}`).toString('base64url') };
      await openForm(owner, { on: editor });
      await field(editor).fill('taken over by an editor');
      await ready(editor);
      await button('Change', editor).click();
      await editor
        .getByText('This user works on a project in which your role is lower than theirs.')
        .waitFor();
      expect(await signInWith(OWNER.email, OWNER.password)).toBe('Your account');
      await editor.context().close();
    });

    it("asks for the operator's own password again after ten minutes, before a key is made", async () => {
      await stage.db.query(
        "update portal_sessions set password_proved_at = password_proved_at - interval '11 minutes'",
      );
      await page.goto(`${stage.server.origin}/portal/project/home/advanced/admin-api`);
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await button('Create key').click();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('This needs your own password once more. Nothing was changed.').waitFor();
      await button('Create key').click();
      await dialog.getByLabel('Your password').fill('not mine');
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await dialog.getByText('This is not your password. Try again.').waitFor();
      await dialog.getByLabel('Your password').fill(OWNER.password);
      await page.keyboard.press('Enter');
      const key = page.getByRole('dialog', { name: 'Save the private key now' });
      await key.getByText('BEGIN PRIVATE KEY').waitFor();
      await key.getByRole('button', { name: 'Copy private key' }).click();
      await expect.poll(clipboard).toContain('BEGIN PRIVATE KEY');
      await key.getByRole('button', { name: 'Done' }).click();
      await key.waitFor({ state: 'hidden' });
    });

    it('warns operators who change their own, and signs them out with everybody', async () => {
      const { rows } = await stage.db.query('select user_id from identities where original = $1', [
        OWNER.email,
      ]);
      await openForm({ id: Buffer.from(`User:${rows[0].user_id}`).toString('base64url') });
      await page.getByText('This is your own account.').waitFor();
      await field().fill('operators open doors 8');
      await ready();
      await button('Change').click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    });
  });
});
