import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, launchBrowser } from '../../../../tests/support/browser.ts';
import { FIRST_PASSWORD, type TestPages, testPages } from '../../../../tests/support/hosted-pages.ts';
import { loadAssets } from './index.ts';

const canRun = existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium');

describe.skipIf(!canRun)('in a real browser', () => {
  let folder: string;
  let pages: TestPages;
  let server: Server;
  let browser: Browser;
  let origin: string;
  let logins = 0;
  /** What the browser reports as wrong, such as a refusal by the Content-Security-Policy. */
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-pages-'));
    const configFile = join(import.meta.dirname, 'vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir: folder } });
    pages = await testPages({ assets: loadAssets(folder) });
    server = createServer(getRequestListener(pages.app.fetch)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
    await pages.stop();
    rmSync(folder, { recursive: true });
  });

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const isStatus = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isStatus) complaints.push(message.text());
    });
    return page;
  }

  /** Signs in as a new user as far as the forced change. */
  async function toChange(page: Page): Promise<void> {
    const uid = `browser-${++logins}`;
    const email = `${uid}@example.com`;
    await pages.createUser(email, { mustChange: true });
    pages.oidc.pending = { uid, clientName: 'Example App', redirectURI: 'https://app.example/cb' };
    await page.goto(`${origin}/login/${uid}`);
    await page.getByLabel('Email, phone or username').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(FIRST_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/change-password');
  }

  const rule = (page: Page, name: string) => page.locator(`[data-rule-name=${name}]`);
  const stateOf = (page: Page, name: string) => rule(page, name).getAttribute('data-rule');

  test('the rules tick while typing, and the strength has a word', async () => {
    const page = await open();
    await toChange(page);
    expect(await stateOf(page, 'PasswordTooShort')).toBe('open');
    await page.getByLabel('New password', { exact: true }).fill('walnut orbit 73 kettle');
    await page.getByText('strong', { exact: true }).waitFor();
    expect(await stateOf(page, 'PasswordTooShort')).toBe('met');
    await page.getByLabel('New password', { exact: true }).fill('');
    await rule(page, 'PasswordTooShort').and(page.locator('[data-rule=open]')).waitFor();
  });

  test('a password can be shown, and is hidden again when it is sent', async () => {
    const page = await open();
    await toChange(page);
    const field = page.getByLabel('New password', { exact: true });
    await page.getByRole('button', { name: 'Show New password', exact: true }).click();
    expect(await field.getAttribute('type')).toBe('text');
    const typeWhenSent = page.evaluate(
      () =>
        new Promise((resolve) => {
          const [form] = document.forms;
          form?.addEventListener('submit', (event) => {
            event.preventDefault();
            resolve(document.querySelector<HTMLInputElement>('#new_password')?.type);
          });
        }),
    );
    await page.getByRole('button', { name: 'Change password' }).click();
    expect(await typeWhenSent).toBe('password');
  });

  test('a second click sends nothing, and coming back makes the form usable again', async () => {
    const page = await open();
    await toChange(page);
    const wasStopped = await page.evaluate(() => {
      const stopped: boolean[] = [];
      window.addEventListener('submit', (event) => {
        stopped.push(event.defaultPrevented);
        event.preventDefault();
      });
      const button = document.querySelector<HTMLButtonElement>('button[type=submit]');
      button?.click();
      button?.click();
      window.dispatchEvent(new Event('pageshow'));
      button?.click();
      return stopped;
    });
    expect(wasStopped).toEqual([false, true, false]);
  });

  test('going back to a form that was refused, or loading it again, leads to the step the login stands at', async () => {
    const page = await open();
    await toChange(page);
    const refused = async () => {
      await page.getByLabel('New password', { exact: true }).fill('abc');
      await page.keyboard.press('Enter');
      await page.getByText('The two passwords are not the same.').waitFor();
    };
    await refused();
    await page.goto(`${origin}/settings/signed-out`);
    await page.goBack();
    await page.getByRole('heading', { name: 'Change your password' }).waitFor();
    await refused();
    const answer = await page.reload();
    expect([answer?.request().method(), answer?.status()]).toEqual(['GET', 200]);
  });

  test('without JavaScript the same way is open, and nothing is offered that would do nothing', async () => {
    const page = await open({ javaScriptEnabled: false });
    await toChange(page);
    expect(await page.getByRole('button', { name: 'Show' }).count()).toBe(0);
    expect(await page.getByText('Strength').isVisible()).toBe(false);
    await page.getByLabel('New password', { exact: true }).fill('abc');
    await page.getByLabel('New password again').fill('abc');
    await page.keyboard.press('Enter');
    await page.getByText('Choose a password that satisfies every rule below.').waitFor();
    expect(await stateOf(page, 'PasswordTooShort')).toBe('broken');
    await page.getByLabel('New password', { exact: true }).fill('walnut orbit 73');
    await page.getByLabel('New password again').fill('walnut orbit 73');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/oauth2/authorize/*');
    expect(pages.oidc.finished).toHaveLength(1);
  });

  test.each([
    [360, 'dark'],
    [1280, 'light'],
  ] as const)('at %i px, %s, every page is accessible and none is too wide', async (width, colorScheme) => {
    const page = await open({ viewport: { width, height: 800 }, colorScheme });
    const check = async (name: string): Promise<void> => {
      expect([name, await axeViolations(page)]).toEqual([name, []]);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([name, Math.max(0, excess)]).toEqual([name, 0]);
    };
    pages.oidc.pending = { uid: `axe-${width}`, clientName: 'Example App' };
    await page.goto(`${origin}/login/axe-${width}`);
    await check('login');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Enter your password.').waitFor();
    await check('login with errors');
    await toChange(page);
    await check('forced change');
    await page.getByLabel('New password', { exact: true }).fill('abc');
    await page.keyboard.press('Enter');
    await page.getByText('The two passwords are not the same.').waitFor();
    await check('forced change with errors');
    await page.goto(`${origin}/first-run?token=${await pages.projects.firstRun.renew()}`);
    await page.getByLabel('Email address').fill('olga@example.com');
    await check('first run');
    pages.oidc.session = { userID: await pages.createUser(`axe-${width}@example.com`) };
    await page.goto(`${origin}/settings`);
    await check('settings');
    pages.oidc.session = undefined;
    await page.goto(`${origin}/settings/callback`);
    await check('message');
  });

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
