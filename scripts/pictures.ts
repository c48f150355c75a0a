import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../tests/support/browser.ts';
import { enterPortal } from '../tests/support/operator.ts';
import { startServer } from '../tests/support/server.ts';

/**
 * Takes the pictures of docs/pictures/ anew, of the built server with the demo's users: for when a screen that is
 * pictured has changed (`npm run build` first). They look like most people's screens where the typeface Inter is
 * installed (Debian: `fonts-inter`).
 */
const FOLDER = 'docs/pictures';
const OPERATOR = { email: 'operator@example.com', password: 'operators open doors 7' };
const MARGIN_PX = 28;

/** Photographs a page of the portal without the navigation, as far as it is filled. */
async function takePicture(page: Page, name: string): Promise<void> {
  const box = await page.locator('#content h1').locator('xpath=ancestor::*[@data-narrow]').boundingBox();
  if (!box) throw new Error('The page is not there.');
  await page.screenshot({
    path: `${FOLDER}/${name}.png`,
    clip: {
      x: box.x - MARGIN_PX,
      y: box.y - MARGIN_PX,
      width: box.width + 2 * MARGIN_PX,
      height: box.height + 2 * MARGIN_PX,
    },
  });
}

mkdirSync(FOLDER, { recursive: true });
const server = await startServer({ args: ['--demo'] });
const browser = await launchBrowser();
try {
  const account = ['--email', OPERATOR.email, '--password', OPERATOR.password];
  await server.json(['operators', 'create', ...account]);
  await server.json(['operators', 'create', '--email', OPERATOR.email, '--project', 'demo']);
  const page = await enterPortal(browser, server, OPERATOR, {
    viewport: { width: 1280, height: 1000 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });

  await page.goto(`${server.origin}/portal/project/demo/users?q=Ada%20Lovelace`);
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByRole('link', { name: 'Account Security' }).click();
  await page.getByRole('link', { name: 'Change Password' }).click();
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('walnut orbit 73 kettle');
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByLabel("Send the password to user's email").check();
  await page.locator('button[type=submit]:enabled').waitFor();
  await takePicture(page, 'change-password');
} finally {
  await browser.close();
  await server.remove();
}
