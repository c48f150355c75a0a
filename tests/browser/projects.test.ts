import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/browser.ts';
import { keyboard } from '../support/keyboard.ts';
import { fillLogin, passwordIn } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import { type Account, enterPortal } from '../support/operator.ts';
import { type Stage, startStage } from '../support/stage.ts';

const OWNER: Account = { email: 'olga@example.com', password: 'operators open doors 7' };
const CHOSEN = 'my very own passphrase 1';

/** What an owner does beyond users: projects, apps, colleagues, the audit log, the Admin API by hand. */
describe.skipIf(!browserIsThere)('an owner', () => {
  let stage: Stage;
  let browser: Browser;
  let page: Page;
  let projectID: string;

  beforeAll(async () => {
    stage = await startStage();
    browser = await launchBrowser();
    await stage.server.json([
      ...['operators', 'create', '--email', OWNER.email, '--password', OWNER.password],
    ]);
    page = await enterPortal(browser, stage.server, OWNER, {
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    });
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
  });

  const open = (path: string, on = page) =>
    on.goto(`${stage.server.origin}/portal/project/${projectID}${path}`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  it('makes a project with the keyboard, after being told what its origin lacks', async () => {
    const hands = keyboard(page);
    await page.getByRole('button', { name: /^Switch project/ }).click();
    await page.getByRole('menuitem', { name: 'Create project' }).click();
    await hands.isOn('Name');
    await hands.type('Wiki');
    await hands.tabTo('Origin');
    await hands.type('http://wiki.example.com');
    await hands.press('Enter');
    await page.getByText('Passwords would travel unencrypted').waitFor();
    await hands.isOn('Origin');
    await hands.press('Control+a', 'Backspace', 'Enter');
    await page.getByRole('heading', { name: 'Wiki is ready' }).waitFor();
    projectID = new URL(page.url()).pathname.split('/')[3] ?? '';
    expect(projectID).toMatch(/^wiki-/);
    await hands.tabTo('Connect an app');
    await hands.press('Enter');
    await page.getByRole('heading', { name: 'Register app' }).waitFor();
  });

  it('registers an app, and gets its secret this once', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Wiki');
    await page.getByLabel('Redirect URIs', { exact: true }).fill('https://wiki.example.com/*');
    await page.getByLabel('Redirect URIs', { exact: true }).fill('http://wiki.example.com/callback');
    await button('Register').click();
    await page.getByText('would send secrets unencrypted').waitFor();
    await page
      .getByLabel('Redirect URIs', { exact: true })
      .fill('https://wiki.example.com/callback\n\nhttp://localhost:3000/callback');
    await button('Register').click();
    await page.getByText('Save the client secret now').waitFor();
    await button('Done').click();
    await page.getByText('You have not copied it.').waitFor();
    await button('Copy client secret').click();
    const secret = await clipboard();
    expect(secret.length).toBeGreaterThan(30);
    await button('Done').click();
    await page.getByRole('heading', { name: 'Wiki', level: 1 }).waitFor();
    const clientID = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await button('Copy environment variables').click();
    const issuer = `http://${projectID}.localhost:${stage.server.port}`;
    expect(await clipboard()).toContain(`OIDC_ISSUER=${issuer}\nOIDC_CLIENT_ID=${clientID}\n`);
    expect(await page.content()).not.toContain(secret);
    const client = await page.evaluate(() => location.pathname);
    await open('/applications');
    await page.getByRole('link', { name: 'Wiki' }).click();
    await page.waitForURL(`**${client}`);
    expect(await page.getByLabel('Redirect URIs', { exact: true }).inputValue()).toBe(
      'https://wiki.example.com/callback\nhttp://localhost:3000/callback',
    );
  });

  it('changes the app, gives it another secret, and deletes it by its name', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Handbook');
    await button('Save').click();
    await page.getByRole('heading', { name: 'Handbook', level: 1 }).waitFor();
    await button('New secret').click();
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
    await button('Copy client secret').click();
    await button('Done').click();
    await button('Delete app').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Wiki');
    expect(await dialog.getByRole('button', { name: 'Delete app' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('Handbook');
    await dialog.getByRole('button', { name: 'Delete app' }).click();
    await page.getByText('No apps yet').waitFor();
  });

  it('adds a colleague, who signs in with the mailed password and chooses another', async () => {
    await open('/settings/collaborators');
    await page.getByText('The only owner').waitFor();
    await button('Add collaborator').click();
    await page.getByLabel('Email').fill(OWNER.email);
    await button('Add').click();
    await page.getByText('works on the project already').waitFor();
    await page.getByLabel('Email').fill('carl@example.com');
    await page.getByRole('radio', { name: 'Viewer' }).check();
    await button('Add').click();
    await page.getByText('is on its way to carl@example.com').waitFor();

    const mail = await mailReader(stage.mail)('carl@example.com');
    expect(mail.parsed.text).toContain(`${stage.server.origin}/portal/`);
    const colleague = await (await browser.newContext()).newPage();
    await colleague.goto(`${stage.server.origin}/portal/`);
    await fillLogin(colleague, 'carl@example.com', passwordIn(mail));
    await colleague.getByLabel('New password', { exact: true }).fill(CHOSEN);
    await colleague.getByLabel('New password again').fill(CHOSEN);
    await colleague.getByRole('button', { name: 'Change password' }).click();
    await colleague.getByRole('heading', { name: 'Users', level: 1 }).waitFor();

    await page.getByLabel('Role of carl@example.com').selectOption('editor');
    await page.getByText('Role changed').waitFor();
    await button('Remove carl@example.com').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('carl@example.com was removed').waitFor();
    await colleague.reload();
    await colleague.getByText('No project yet').waitFor();
    await colleague.context().close();
  });

  it('is asked for the password again before deciding who works on the project', async () => {
    await stage.db.query(
      "update portal_sessions set password_proved_at = password_proved_at - interval '11 minutes'",
    );
    await button('Add collaborator').click();
    await page.getByLabel('Email').fill('dora@example.com');
    await button('Add').click();
    await page.getByText('Confirm that it is you').waitFor();
    await page.getByLabel('Your password').fill(OWNER.password);
    await button('Confirm').click();
    await page.getByText('is on its way to dora@example.com').waitFor();
  });

  it('reads what happened, narrowed by type and person, and looks at one event', async () => {
    await stage.addUser('eve@example.com');
    await open('/audit-log');
    const log = page.getByRole('list', { name: 'Audit log' });
    await log.getByText('Removed from the project: carl@example.com').waitFor();
    await page.getByLabel('Events').first().click();
    await page.getByLabel('Events').first().fill('app removed');
    await page.getByRole('listbox').getByRole('option', { name: 'App removed' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toContain('types=CLIENT_DELETED');
    await expect.poll(() => log.getByRole('link').count()).toBe(1);
    await page.reload();
    await log.getByRole('link', { name: 'App removed' }).click();
    const event = page.getByRole('dialog');
    await event.getByText('by you').waitFor();
    await event.getByText('"client_id"').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => event.count()).toBe(0);

    projectID = 'home';
    await open('/audit-log');
    await page.getByLabel('About').first().fill('eve@');
    await page.getByRole('listbox').getByRole('option', { name: 'eve@example.com', exact: true }).click();
    await log.getByText('Account created: eve@example.com').waitFor();
    await expect.poll(() => log.getByRole('link').count()).toBe(1);
    await page.getByLabel('When', { exact: true }).selectOption('between');
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await page.getByText('Nothing of that kind').waitFor();
  });

  it('tries the Admin API out, with completion', async () => {
    await open('/advanced/graphiql');
    const query = page.getByRole('textbox', { name: 'Query', exact: true });
    const result = page.getByRole('textbox', { name: 'Result' });
    await query.click();
    await page.keyboard.press('Control+Enter');
    await result.getByText('formattedName').first().waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('{ passwordPol');
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /^passwordPolicy/ })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('icy { minLength } ');
    await button('Run').click();
    await result.getByText('minLength').waitFor();
    await button('History').click();
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(2);
  });

  it('finds the new pages', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByLabel('Find a user or a page').fill('collab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Collaborators', level: 1 }).waitFor();
  });
});
