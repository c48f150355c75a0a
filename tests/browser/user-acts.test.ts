import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { type Account, enterPortal } from '../support/operator.ts';
import { type Stage, type StageUser, startStage } from '../support/stage.ts';

const OWNER: Account = { email: 'olga@example.com', password: 'operators open doors 7' };
const VIEWER: Account = { email: 'vera@example.com', password: 'viewers see it all 7' };

/** What an operator does to a user as a whole, on the user's page. */
describe.skipIf(!browserIsThere)('on the page of a user, an operator', () => {
  let stage: Stage;
  let browser: Browser;
  let page: Page;
  let user: StageUser;
  let users = 0;

  beforeAll(async () => {
    stage = await startStage();
    browser = await launchBrowser();
    const make = ({ email, password }: Account, ...role: string[]) =>
      stage.server.json(['operators', 'create', '--email', email, '--password', password, ...role]);
    await make(OWNER);
    await make(VIEWER, '--role', 'viewer');
    page = await enterPortal(browser, stage.server, OWNER);
  });
  beforeEach(async () => {
    user = await stage.addUser(`user-${++users}@example.com`);
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
  });

  const address = (tab = '', { id }: Pick<StageUser, 'id'> = user) =>
    `${stage.server.origin}/portal/project/home/users/${id}${tab}`;

  async function open(tab = '', on = page): Promise<void> {
    await on.goto(address(tab));
    await on.getByRole('heading', { level: 1, name: user.loginID }).waitFor();
  }

  async function choose(item: string): Promise<void> {
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  const hear = (text: string) => page.getByRole('status').getByText(text).first().waitFor();
  const sessionCount = async () =>
    (
      await stage.admin.ask(
        'query ($id: ID!) { node(id: $id) { ... on User { sessions { totalCount } } } }',
        { id: user.id },
      )
    ).data.node.sessions.totalCount;

  it('sees where they are signed in, ends one session, and then all of them', async () => {
    const [first, second] = [await stage.signedIn(user), await stage.signedIn(user)];
    await open('/sessions');
    const items = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
    await expect.poll(() => items.count()).toBe(2);
    await expect.poll(() => items.first().textContent()).toMatch(/Last used .*127\.0\.0\.1|Last used .*::1/);
    expect(await items.first().textContent()).toContain('Apps: Account settings');
    await items.first().getByRole('button', { name: 'End the session in' }).click();
    await hear('Session ended');
    await expect.poll(() => items.count()).toBe(1);
    expect(await sessionCount()).toBe(1);

    await page.getByRole('button', { name: 'End all sessions' }).click();
    const question = page.getByRole('dialog');
    expect(await question.textContent()).toContain(user.loginID);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await sessionCount()).toBe(1);
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await question.getByRole('button', { name: 'End all sessions' }).click();
    await hear('All sessions ended');
    await page.getByText('Not signed in anywhere').waitFor();
    for (const visitor of [first, second]) {
      expect((await stage.settings(visitor)).heading).toBe('Sign in');
    }
  });

  it('reads what happened, narrowed by what the address says', async () => {
    await stage.signedIn(user);
    await stage.admin.mutate(
      'resetPassword',
      { userID: user.id, password: 'walnut orbit 73 kettle', sendPassword: true },
      'user { id }',
    );
    await open('/activity');
    const entries = page.getByRole('region', { name: 'Activity' }).getByRole('listitem');
    await entries.filter({ hasText: 'Account created' }).waitFor();
    await expect.poll(async () => (await entries.allTextContents()).join('\n')).toMatch(/Password reset/);
    const reset = await entries.filter({ hasText: 'Password reset' }).textContent();
    expect(reset).toContain('Sent by mail · All sessions ended');
    expect(reset).toContain('by the API key');
    expect((await entries.allTextContents()).join('\n')).not.toContain('Admin API:');

    await page.getByLabel('Show').selectOption('Logins');
    await page.waitForURL('**/activity?show=logins');
    await entries.filter({ hasText: 'Account created' }).waitFor({ state: 'detached' });
    await entries.filter({ hasText: 'Signed in' }).waitFor();
    expect(await entries.count()).toBe(1);
    await page.reload();
    await entries.filter({ hasText: 'Signed in' }).waitFor();
    expect(await entries.count()).toBe(1);
    await page.goBack();
    await entries.filter({ hasText: 'Account created' }).waitFor();
  });

  it('goes back in time a page at a time', async () => {
    await stage.db.query(
      `insert into audit_log (project_id, id, activity_type, user_id, actor, data, created_at)
       select project_id, gen_random_uuid(), 'USER_SIGNED_OUT', user_id, actor, data, created_at
       from audit_log, generate_series(1, 60) where user_id = $1 and activity_type = 'USER_CREATED'`,
      [user.uuid],
    );
    await open('/activity');
    const entries = page.getByRole('region', { name: 'Activity' }).getByRole('listitem');
    await expect.poll(() => entries.count()).toBeGreaterThan(40);
    const before = await entries.count();
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => entries.count()).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Show older' }).waitFor({ state: 'detached' });
  });

  it('edits the profile; what is wrong stands beside its field', async () => {
    await open();
    await page.getByRole('link', { name: 'Edit profile' }).click();
    await page.getByLabel('Given name').fill('Augusta Ada');
    await page.getByLabel('Family name').fill('King');
    await page.getByLabel('Birthdate').fill('10.12.1815');
    await page.getByLabel('Website').fill('javascript:alert(1)');
    await page.getByLabel('Country').fill('United Kingdom');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a date such as 1815-12-10, or a year.').waitFor();
    await page.getByText('Enter an address such as https://example.com/ada.').waitFor();
    expect(await page.getByLabel('Birthdate').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await page.getByLabel('Birthdate').fill('1815-12-10');
    await page.getByLabel('Website').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await hear('Profile saved');
    await page.getByRole('heading', { level: 1, name: 'Augusta Ada King' }).waitFor();
    await page.getByText('1815-12-10').waitFor();
    const { rows } = await stage.db.query('select standard_attributes from users where id = $1', [user.uuid]);
    expect(rows[0].standard_attributes).toMatchObject({
      given_name: 'Augusta Ada',
      family_name: 'King',
      birthdate: '1815-12-10',
      address: { country: 'United Kingdom' },
    });
  });

  it('is asked before an edited profile is left', async () => {
    await open();
    await page.getByRole('link', { name: 'Edit profile' }).click();
    await page.getByLabel('Nickname').fill('Ada');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: user.loginID }).waitFor();
  });

  it('disables the account with a reason that the user reads, and enables it again', async () => {
    const visitor = await stage.signedIn(user);
    await open();
    await choose('Disable…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('You asked us to.');
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await hear('Account disabled');
    await page.getByText('Reason: You asked us to.').waitFor();
    const login = await stage.settings(visitor);
    expect(login.heading).toBe('Sign in');
    const refused = await visitor.signIn(login, user.loginID, user.password);
    expect(refused.html).toContain('You asked us to.');

    await choose('Enable');
    await hear('Account enabled');
    await page.getByText('Active', { exact: true }).first().waitFor();
    await stage.signedIn(user);
  });

  it('disables it for a time, and is told what is missing', async () => {
    await open();
    await choose('Disable…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('For a time').check();
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await dialog.getByText('Enter when the account is to be usable again.').waitFor();
    await dialog.getByRole('textbox', { name: 'From' }).fill('2099-01-01T10:00');
    await dialog.getByRole('textbox', { name: 'Until' }).fill('2099-01-01T09:00');
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await dialog.getByText('Enter a time after the beginning.').waitFor();
    await dialog.getByRole('textbox', { name: 'Until' }).fill('2099-01-02T09:00');
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await hear('Account disabled');
    await page.getByText('Disabled for a time').waitFor();
    await stage.signedIn(user);
    await choose('Enable');
    await page.getByText('Disabled for a time').waitFor({ state: 'detached' });
  });

  it('deletes the user only once the account is named, by keyboard alone', async () => {
    await open();
    await page.getByRole('button', { name: 'Actions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete user…' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const submit = dialog.getByRole('button', { name: 'Delete user' });
    await expect
      .poll(() => dialog.getByLabel(/^Type/).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await page.keyboard.type('user-0@example.com');
    expect(await submit.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(user.loginID);
    await page.keyboard.press('Enter');
    await hear('User deleted');
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    expect((await stage.db.query('select 1 from users where id = $1', [user.uuid])).rows).toEqual([]);
    await page.goto(address());
    await page.getByRole('heading', { level: 1, name: 'No such user' }).waitFor();
  });

  it('who may only look sees it all and is offered nothing of it', async () => {
    await stage.signedIn(user);
    const viewer = await enterPortal(browser, stage.server, VIEWER);
    await open('/sessions', viewer);
    await viewer.getByRole('region', { name: 'Sessions' }).getByRole('listitem').waitFor();
    for (const tab of ['/sessions', '']) {
      await open(tab, viewer);
      await viewer.getByRole('heading', { level: 2 }).first().waitFor();
      for (const name of ['Actions', 'End all sessions', /^End the session/]) {
        expect(await viewer.getByRole('button', { name }).count()).toBe(0);
      }
      expect(await viewer.getByRole('link', { name: 'Edit profile' }).count()).toBe(0);
    }
  });
});
