import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { fillLogin } from './login.ts';
import type { TestServer } from './server.ts';

/** Somebody with an account in the home project. */
export interface Account {
  email: string;
  password: string;
}

/** Signs somebody in to the portal, in a browser context of their own; the page stands where the portal led. */
export async function enterPortal(
  browser: Browser,
  server: TestServer,
  { email, password }: Account,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${server.origin}/portal/`);
  await fillLogin(page, email, password);
  await page.waitForURL('**/portal/**');
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
