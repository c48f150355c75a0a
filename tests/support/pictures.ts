import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Where the pictures of the docs go; unset, none are taken, and a tour is a test like any other. */
const folder = process.env.LATCHKEY_PICTURES;
/** Pictures show the addresses that everybody starts with. */
export const picturedPort = folder === undefined ? undefined : 4_000;
/** Enough for what a picture shows to stand free. */
const MARGIN_PX = 28;

/** How most people's screens look: light, sharp, and nothing in motion. */
export const PICTURED = {
  viewport: { width: 1280, height: 1000 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
  reducedMotion: 'reduce',
} as const;

/** Photographs a part of a page with some margin around it. */
export async function takePicture(page: Page, part: Locator, name: string): Promise<void> {
  if (folder === undefined) return;
  const box = await part.boundingBox();
  if (!box) throw new Error(`what ${name}.png shows is not there`);
  mkdirSync(folder, { recursive: true });
  const [x, y] = [Math.max(0, box.x - MARGIN_PX), Math.max(0, box.y - MARGIN_PX)];
  await page.screenshot({
    path: join(folder, `${name}.png`),
    clip: { x, y, width: box.width + box.x - x + MARGIN_PX, height: box.height + box.y - y + MARGIN_PX },
  });
}
