import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, browserIsThere } from '../support/browser.ts';
import { ELSEWHERE, ELSEWHERE_TO_LOOK_AT, OUTSIDE } from './screens/elsewhere.ts';
import { HOSTED_PAGES } from './screens/hosted-pages.ts';
import { PROJECTS, PROJECTS_TO_LOOK_AT } from './screens/projects.ts';
import { RECOVERY } from './screens/recovery.ts';
import { SETTINGS, SETTINGS_TO_LOOK_AT } from './screens/settings.ts';
import { SIGNUP } from './screens/signup.ts';
import type { Screen } from './screens/steps.ts';
import { USERS, USERS_TO_LOOK_AT } from './screens/users.ts';
import { makeWorld, type Viewer, type World } from './screens/world.ts';

const WIDTHS = [360, 1280];
/** What a page is not whole without. */
const PARTS = new Set(['stylesheet', 'script', 'font', 'image']);
/** Of a hosted page with all that comes along, compressed. */
const MOST_BYTES = 50 * 1024;
const SCHEMES = ['light', 'dark'] as const;

const as = (viewer: Viewer, screens: readonly Screen[]) =>
  screens.map(([name, open, widths = WIDTHS]) => ({ viewer, name, open, widths }));

const SCREENS = [
  ...as('anybody', HOSTED_PAGES),
  ...as('anybody', SIGNUP),
  ...as('anybody', RECOVERY),
  ...as('owner', USERS),
  ...as('owner', ELSEWHERE),
  ...as('owner', PROJECTS),
  ...as('owner', SETTINGS),
  ...as('viewer', USERS_TO_LOOK_AT),
  ...as('viewer', SETTINGS_TO_LOOK_AT),
  ...as('viewer', ELSEWHERE_TO_LOOK_AT),
  ...as('viewer', PROJECTS_TO_LOOK_AT),
  ...as('outsider', OUTSIDE),
];

/** Every screen in every state, each in four looks: narrow and wide, light and dark. */
describe.skipIf(!browserIsThere)('accessible, in width, and without a complaint of the browser:', () => {
  let world: World;
  /** What the browser reports as wrong, such as a refusal by the Content-Security-Policy. */
  let complaints: string[] = [];
  const pages = new Map<Viewer, Promise<Page>>();

  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world?.stop());

  async function enter(viewer: Viewer): Promise<Page> {
    const page = await world.enter(viewer);
    page.on('response', (response) => {
      const isPart = PARTS.has(response.request().resourceType());
      if (isPart && !response.ok()) complaints.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const isStatus = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isStatus) complaints.push(message.text());
    });
    return page;
  }

  function pageOf(viewer: Viewer): Promise<Page> {
    const page = pages.get(viewer) ?? enter(viewer);
    pages.set(viewer, page);
    return page;
  }

  test.each(SCREENS)('$name', async ({ viewer, open, widths }) => {
    complaints = [];
    const page = await pageOf(viewer);
    await open(page, world);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await flawsOf(page), `${width} px, ${colorScheme}`).toEqual([]);
      }
    }
    if (viewer === 'anybody') expect(await weightOf(page), 'bytes').toBeLessThan(MOST_BYTES);
    expect(complaints).toEqual([]);
  });
});

/** What is wrong with a page as it stands, once what dresses it is there. */
async function flawsOf(page: Page): Promise<string[]> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(({ sheet }) => sheet),
  );
  const excess = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
  const broken = (await axeViolations(page)).map(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes].join('\n'),
  );
  return [...(excess > 0 ? [`${excess} px too wide`] : []), ...broken];
}

/** What a page comes to over the wire with its stylesheets and scripts, each compressed. */
async function weightOf(page: Page): Promise<number> {
  const texts = await page.evaluate(() => {
    const parts = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>(
      'link[rel=stylesheet], script[src]',
    );
    const addresses = [...parts].map((part) => ('href' in part ? part.href : part.src));
    return Promise.all([
      document.documentElement.outerHTML,
      ...addresses.map(async (address) => (await fetch(address)).text()),
    ]);
  });
  return texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
}
